class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def product(self: __torch__.Ops, x: Tensor, rows: Tensor, added: Optional[Tensor], activation: str) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, rows, added, activation, annotate(List[Optional[number]], []), "")
  def linear(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor, activation: str) -> Tensor:
    return self.product(x, torch.transpose(weight, 0, 1), bias, activation)
  def back_linear(self: __torch__.Ops, d: Tensor, x: Tensor, weight: Tensor, d_weight: Tensor, d_bias: Tensor) -> Tensor:
    d_weight.addmm_(torch.transpose(x, 0, 1), d)
    d_bias.add_(torch.sum(d, [0]))
    return self.product(d, weight, None, "none")
  def norm(self: __torch__.Ops, x: Tensor, gain: Tensor, shift: Tensor, epsilon: float) -> Tuple[Tensor, Tensor, Tensor]:
    return torch.native_layer_norm(x, [torch.size(gain, 0)], gain, shift, epsilon)
  def back_norm(self: __torch__.Ops, d: Tensor, x: Tensor, mean: Tensor, rstd: Tensor, gain: Tensor, shift: Tensor, d_gain: Tensor, d_shift: Tensor) -> Tensor:
    d_x, by_gain, by_shift = torch.native_layer_norm_backward(d, x, [torch.size(gain, 0)], mean, rstd, gain, shift, [True, True, True])
    d_gain.add_(by_gain)
    d_shift.add_(by_shift)
    return d_x
  def attention(self: __torch__.Ops, qkv: Tensor, mask: Tensor) -> Tuple[Tensor, List[Tensor]]:
    q, k, v = torch.unbind(qkv, 0)
    mixed = annotate(List[Tensor], [])
    seen = annotate(List[Tensor], [])
    start = 0
    while start < q.size(1):
      end = ops.prim.min(start + 40, q.size(1))
      scores = torch.baddbmm(mask[start:end, :end], q[:, start:end], torch.transpose(k[:, :end], 1, 2))
      p = torch._softmax(scores, 2, False, out=scores)
      mixed.append(torch.bmm(p, v[:, :end]))
      seen.append(p)
      start = end
    return (torch.cat(mixed, 1), seen)
  def back_attention(self: __torch__.Ops, d: Tensor, qkv: Tensor, seen: List[Tensor], scale: float) -> Tensor:
    q, k, v = torch.unbind(qkv, 0)
    d_qkv = torch.empty_like(qkv)
    d_q, d_k, d_v = torch.unbind(d_qkv, 0)
    for p in [seen.pop()] + seen:
      end = p.size(2)
      start = end - p.size(1)
      own = d[:, start:end]
      d_p = torch.bmm(own, torch.transpose(v[:, :end], 1, 2))
      d_scores = torch._softmax_backward_data(d_p, p, 2, 6, grad_input=d_p)
      d_q[:, start:end].copy_(torch.bmm(d_scores, k[:, :end]).mul_(scale))
      if end == k.size(1):
        _0 = torch.bmm(torch.transpose(d_scores, 1, 2), q[:, start:end], out=d_k)
        _1 = torch.bmm(torch.transpose(p, 1, 2), own, out=d_v)
      else:
        d_k[:, :end].add_(torch.bmm(torch.transpose(d_scores, 1, 2), q[:, start:end]))
        d_v[:, :end].add_(torch.bmm(torch.transpose(p, 1, 2), own))
    return d_qkv
  def heads_first(self: __torch__.Ops, x: Tensor, batch: int, parts: int, heads: int) -> Tensor:
    split = torch.unflatten(torch.unflatten(x, 1, [parts, heads, -1]), 0, [batch, -1])
    return torch.flatten(torch.contiguous(torch.permute(split, [2, 0, 3, 1, 4])), 1, 2)
  def rows_first(self: __torch__.Ops, x: Tensor, batch: int) -> Tensor:
    split = torch.unflatten(x, 1, [batch, -1])
    return torch.flatten(torch.flatten(torch.permute(split, [1, 3, 0, 2, 4]), 2, 4), 0, 1)
  def block(self: __torch__.Ops, x: Tensor, weights: List[Tensor], batch: int, heads: int, epsilon: float, mask: Tensor) -> Tuple[Tensor, List[Tensor], List[Tensor]]:
    gain1, shift1, w_qkv, b_qkv, w_mix, b_mix, gain2, shift2, w_in, b_in, w_out, b_out = weights
    n1, mean1, rstd1 = self.norm(x, gain1, shift1, epsilon)
    qkv = self.heads_first(self.linear(n1, w_qkv, b_qkv, "none"), batch, 3, heads)
    qkv[0].mul_(1. / torch.sqrt(qkv.size(3)))
    attended, seen = self.attention(qkv, mask)
    mixed = self.rows_first(torch.unsqueeze(attended, 0), batch)
    y = self.linear(mixed, w_mix, b_mix, "none").add_(x)
    n2, mean2, rstd2 = self.norm(y, gain2, shift2, epsilon)
    hidden = self.linear(n2, w_in, b_in, "relu")
    z = self.linear(hidden, w_out, b_out, "none").add_(y)
    return (z, [x, n1, mean1, rstd1, qkv, mixed, y, n2, mean2, rstd2, hidden], seen)
  def back_block(self: __torch__.Ops, d_z: Tensor, kept: List[Tensor], seen: List[Tensor], weights: List[Tensor], gradients: List[Tensor], batch: int, heads: int) -> Tensor:
    gain1, shift1, w_qkv, b_qkv, w_mix, b_mix, gain2, shift2, w_in, b_in, w_out, b_out = weights
    d_gain1, d_shift1, d_w_qkv, d_b_qkv, d_w_mix, d_b_mix, d_gain2, d_shift2, d_w_in, d_b_in, d_w_out, d_b_out = gradients
    x, n1, mean1, rstd1, qkv, mixed, y, n2, mean2, rstd2, hidden = kept
    d_hidden = self.back_linear(d_z, hidden, w_out, d_w_out, d_b_out)
    d_hidden = torch.threshold_backward(d_hidden, hidden, 0, grad_input=d_hidden)
    d_n2 = self.back_linear(d_hidden, n2, w_in, d_w_in, d_b_in)
    d_y = d_z.add_(self.back_norm(d_n2, y, mean2, rstd2, gain2, shift2, d_gain2, d_shift2))
    d_mixed = self.back_linear(d_y, mixed, w_mix, d_w_mix, d_b_mix)
    d_attended = self.heads_first(d_mixed, batch, 1, heads)[0]
    d_qkv = self.back_attention(d_attended, qkv, seen, 1. / torch.sqrt(qkv.size(3)))
    d_n1 = self.back_linear(self.rows_first(d_qkv, batch), n1, w_qkv, d_w_qkv, d_b_qkv)
    return d_y.add_(self.back_norm(d_n1, x, mean1, rstd1, gain1, shift1, d_gain1, d_shift1))
  def head(self: __torch__.Ops, x: Tensor, table: Tensor, targets: Tensor, d_table: Tensor, share: float, logit_rows: int) -> Tuple[Tensor, Tensor]:
    d_x = torch.empty_like(x)
    losses = annotate(List[Tensor], [])
    start = 0
    while start < x.size(0):
      end = ops.prim.min(start + logit_rows, x.size(0))
      at = torch.unsqueeze(targets[start:end], 1)
      logits = self.product(x[start:end], table, None, "none")
      e = torch._log_softmax(logits, 1, False, out=logits)
      losses.append(torch.sum(torch.gather(e, 1, at)))
      e.exp_().scatter_add_(1, at, torch.full_like(torch.to(at, e), -1.)).mul_(share)
      _0 = torch.mm(e, table, out=d_x[start:end])
      d_table.addmm_(torch.transpose(e, 0, 1), x[start:end])
      start = end
    return (torch.mul(torch.sum(torch.stack(losses)), -share), d_x)
  def part(self: __torch__.Ops, tokens: Tensor, targets: Tensor, weights: List[Tensor], gradients: List[Tensor], heads: int, epsilon: float, mask: Tensor, share: float, logit_rows: int) -> Tensor:
    batch = tokens.size(0)
    length = tokens.size(1)
    table = weights[0]
    last = torch.len(weights) - 2
    kept = annotate(List[List[Tensor]], [])
    seen = annotate(List[List[Tensor]], [])
    x = torch.flatten(torch.embedding(table, tokens) + weights[1][:length], 0, 1)
    for first in range(2, last, 12):
      x, own, probabilities = self.block(x, weights[first:first + 12], batch, heads, epsilon, mask)
      kept.append(own)
      seen.append(probabilities)
    n, mean, rstd = self.norm(x, weights[last], weights[last + 1], epsilon)
    loss, d_n = self.head(n, table, targets, gradients[0], share, logit_rows)
    d = self.back_norm(d_n, x, mean, rstd, weights[last], weights[last + 1], gradients[last], gradients[last + 1])
    for first in range(last - 12, 0, -12):
      d = self.back_block(d, kept.pop(), seen.pop(), weights[first:first + 12], gradients[first:first + 12], batch, heads)
    d = torch.unflatten(d, 0, [batch, length])
    gradients[1][:length].add_(torch.sum(d, [0]))
    gradients[0].add_(torch.embedding_dense_backward(d, tokens, table.size(0), -1, False))
    return loss
  def gradient(self: __torch__.Ops, tokens: Tensor, targets: Tensor, weights: List[Tensor], gradients: List[Tensor], heads: int, epsilon: float, rows: int, logit_rows: int) -> Tensor:
    batch = tokens.size(0)
    length = tokens.size(1)
    for each in gradients:
      each.zero_()
    mask = torch.triu(torch.full_like(torch.new_empty(weights[0], [length, length]), -inf), 1)
    losses = annotate(List[Tensor], [])
    start = 0
    while start < batch:
      end = ops.prim.min(start + rows, batch)
      losses.append(self.part(tokens[start:end], targets[start * length:end * length], weights, gradients, heads, epsilon, mask, 1. / (batch * length), logit_rows))
      start = end
    return torch.sum(torch.stack(losses))
