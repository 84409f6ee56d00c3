class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def norm(self: __torch__.Ops, x: Tensor, w: List[Tensor], at: int) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, 2)], w[at], w[torch.add(at, 1)], 1.0000000000000001e-05)
  def linear(self: __torch__.Ops, x: Tensor, w: List[Tensor], at: int) -> Tensor:
    return torch.linear(x, w[at], w[torch.add(at, 1)])
  def turned(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    width = torch.size(cos, 1)
    head, tail = torch.split_with_sizes(x, [width, torch.sub(torch.size(x, 3), width)], 3)
    first, second = torch.chunk(head, 2, 3)
    half = torch.cat([torch.neg(second), first], 3)
    return torch.cat([torch.add(torch.mul(head, cos), torch.mul(half, sin)), tail], 3)
  def block(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], at: int, heads: int, keys: Tensor, values: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    batch = torch.size(x, 0)
    length = torch.size(x, 1)
    qkv = self.linear(self.norm(x, w, at), w, torch.add(at, 4))
    by_head = torch.transpose(torch.view(qkv, [batch, length, heads, -1]), 1, 2)
    q, k, v = torch.chunk(by_head, 3, 3)
    queries = self.turned(q, cos, sin)
    new_keys = self.turned(k, cos, sin)
    if torch.eq(torch.size(keys, 2), 0):
      all_keys = new_keys
      all_values = v
    else:
      all_keys = torch.cat([keys, new_keys], 2)
      all_values = torch.cat([values, v], 2)
    mixed = torch.scaled_dot_product_attention(queries, all_keys, all_values, None, 0., torch.gt(length, 1))
    attended = self.linear(torch.reshape(torch.transpose(mixed, 1, 2), [batch, length, -1]), w, torch.add(at, 6))
    hidden = torch.gelu(self.linear(self.norm(x, w, torch.add(at, 2)), w, torch.add(at, 8)), approximate="none")
    y = torch.add(torch.add(self.linear(hidden, w, torch.add(at, 10)), attended), x)
    return (y, all_keys, all_values)
  def head(self: __torch__.Ops, x: Tensor, w: List[Tensor], layers: int) -> Tensor:
    at = torch.add(torch.mul(layers, 12), 1)
    return torch.linear(self.norm(x, w, at), w[torch.add(at, 2)])
  def logits(self: __torch__.Ops, ids: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], layers: int, heads: int) -> Tensor:
    length = torch.size(ids, 1)
    c = torch.narrow(cos, 0, 0, length)
    s = torch.narrow(sin, 0, 0, length)
    none = torch.new_zeros(cos, [1, 1, 0, 1])
    x = torch.embedding(w[0], ids)
    for i in range(layers):
      x, k, v = self.block(x, c, s, w, torch.add(torch.mul(i, 12), 1), heads, none, none)
    return self.head(x, w, layers)
  def generate(self: __torch__.Ops, ids: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], layers: int, heads: int, steps: int) -> Tensor:
    none = torch.new_zeros(cos, [1, 1, 0, 1])
    keys = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    for i in range(layers):
      _0 = torch.append(keys, none)
      _1 = torch.append(values, none)
    written = annotate(List[Tensor], [])
    token = ids
    position = 0
    for step in range(steps):
      length = torch.size(token, 1)
      c = torch.narrow(cos, 0, position, length)
      s = torch.narrow(sin, 0, position, length)
      x = torch.embedding(w[0], token)
      for j in range(layers):
        x, k, v = self.block(x, c, s, w, torch.add(torch.mul(j, 12), 1), heads, keys[j], values[j])
        _2 = torch._set_item(keys, j, k)
        _3 = torch._set_item(values, j, v)
      last = self.head(torch.narrow(x, 1, torch.sub(length, 1), 1), w, layers)
      token = torch.argmax(last, 2)
      _4 = torch.append(written, token)
      position = torch.add(position, length)
    return torch.cat(written, 1)
