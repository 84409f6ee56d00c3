class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def linear(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return self.convolved(x, weight, bias)
  def linear_without_bias(self: __torch__.Ops, x: Tensor, weight: Tensor) -> Tensor:
    return self.convolved(x, weight, None)
  def convolved(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    kernel = torch.unsqueeze(torch.unsqueeze(torch.to(weight, x), 2), 3)
    y = torch.conv2d(torch.permute(x, [0, 3, 1, 2]), kernel, bias, [1, 1], [0, 0], [1, 1], 1)
    return torch.permute(y, [0, 2, 3, 1])
  def few_rows_linear(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.add_(self.few_rows_linear_without_bias(x, weight), bias)
  def few_rows_linear_without_bias(self: __torch__.Ops, x: Tensor, weight: Tensor) -> Tensor:
    if torch.is_contiguous(weight):
      y = torch.new_empty(x, [torch.size(x, 0), torch.size(weight, 0)])
      step = torch.mul(16, torch.add(1, torch.floordiv(1048576, torch.size(x, 1))))
      for i in range(torch.add(1, torch.floordiv(torch.sub(torch.size(weight, 0), 1), step))):
        start = torch.mul(i, step)
        count = ops.prim.min(step, torch.sub(torch.size(weight, 0), start))
        part = torch.to(torch.narrow(weight, 0, start, count), x)
        _0 = self.few_rows_product_into(x, part, torch.narrow(y, 1, start, count))
    else:
      y = self.product_in(x, torch.transpose(weight, 0, 1), torch.tensor(6))
    return y
  def few_rows_product_into(self: __torch__.Ops, x: Tensor, weight: Tensor, y: Tensor) -> Tensor:
    rest = torch.remainder(torch.size(weight, 0), 16)
    whole = torch.sub(torch.size(weight, 0), rest)
    if torch.gt(whole, 0):
      images = torch.reshape(torch.narrow(weight, 0, 0, whole), [16, -1, 1, torch.size(x, 1)])
      product = torch.reshape(self.convolved(images, x, None), [whole, -1])
      _0 = torch.copy_(torch.narrow(y, 1, 0, whole), torch.transpose(product, 0, 1))
    if torch.gt(rest, 0):
      last = torch.narrow(weight, 0, whole, rest)
      _1 = torch.copy_(torch.narrow(y, 1, whole, rest), torch.mm(x, torch.transpose(last, 0, 1)))
    return y
  def relu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.relu(x)
  def squared_relu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.square(torch.relu(x))
  def silu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.silu(x)
  def quick_gelu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))
  def rms_norm(self: __torch__.Ops, x: Tensor, gain: Tensor, epsilon: Tensor) -> Tensor:
    return torch.rms_norm(x, [torch.size(gain, 0)], gain, float(epsilon))
  def clamp_to_unit(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.clamp(x, 0., 1.)
  def sigmoid(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.sigmoid(x)
  def log_sigmoid(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.log_sigmoid(x)
  def mask_relu_in_place(self: __torch__.Ops, y: Tensor, mask: Tensor) -> Tensor:
    torch.mul_(ops.prim.data(y), mask)
    return y
  def gelu_tanh(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.gelu(x, approximate="tanh")
  def causal_attention(self: __torch__.Ops, qkv: Tensor) -> Tensor:
    q, k, v = torch.split(torch.transpose(qkv, 1, 2), torch.floordiv(torch.size(qkv, 2), 3), 1)
    y = torch.scaled_dot_product_attention(q, k, v, None, 0., True)
    return torch.transpose(y, 1, 2)
  def arg_max(self: __torch__.Ops, x: Tensor) -> Tensor:
    largest, index = torch.max(x, 1)
    return index
  def turns(self: __torch__.Ops, positions: Tensor, frequencies: Tensor) -> Tensor:
    angles = torch.mul(torch.reshape(positions, [-1, 1]), frequencies)
    cos = torch.cos(angles)
    sin = torch.sin(angles)
    twice = [torch.cat([cos, cos], 1), torch.cat([torch.neg(sin), sin], 1)]
    return torch.unsqueeze(torch.stack(twice, 0), 2)
  def turned(self: __torch__.Ops, x: Tensor, turns: Tensor) -> Tensor:
    cos, sin = torch.unbind(torch.to(turns, x), 0)
    width = torch.size(cos, 2)
    rest = torch.sub(torch.size(x, 3), width)
    head, tail = torch.split_with_sizes(x, [width, rest], 3)
    swapped = torch.roll(head, [torch.floordiv(width, 2)], [3])
    y = torch.addcmul(torch.mul(head, cos), swapped, sin)
    if torch.eq(rest, 0):
      whole = y
    else:
      whole = torch.cat([y, tail], 3)
    return whole
  def shared(self: __torch__.Ops, x: Tensor, heads: int) -> Tensor:
    times = torch.floordiv(heads, torch.size(x, 1))
    if torch.eq(times, 1):
      y = x
    else:
      y = torch.repeat_interleave(x, times, 1)
    return y
  def turned_attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, turns: Tensor, mask: Optional[Tensor], causal: bool) -> Tensor:
    heads = torch.size(q, 2)
    queries = torch.transpose(self.turned(q, turns), 1, 2)
    keys = self.shared(torch.transpose(self.turned(k, turns), 1, 2), heads)
    values = self.shared(torch.transpose(v, 1, 2), heads)
    y = torch.scaled_dot_product_attention(queries, keys, values, mask, 0., causal)
    return torch.transpose(y, 1, 2)
  def turned_causal_attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, turns: Tensor) -> Tensor:
    return self.turned_attention(q, k, v, turns, None, True)
  def turned_window_attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, turns: Tensor, window: Tensor) -> Tensor:
    length = torch.size(q, 1)
    pairs = torch.new_ones(q, [length, length], dtype=11)
    before = torch.tril(pairs)
    too_far = torch.tril(pairs, torch.neg(int(window)))
    return self.turned_attention(q, k, v, turns, torch.logical_xor(before, too_far), False)
  def continued_attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, keys: Tensor, values: Tensor, position: int, window: int) -> Tensor:
    _0 = torch.copy_(torch.narrow(keys, 2, position, 1), torch.transpose(k, 1, 2))
    _1 = torch.copy_(torch.narrow(values, 2, position, 1), torch.transpose(v, 1, 2))
    length = torch.add(position, 1)
    seen = ops.prim.min(length, window)
    first = torch.sub(length, seen)
    queries = torch.reshape(q, [torch.size(k, 0), torch.size(k, 2), -1, torch.size(k, 3)])
    y = torch.scaled_dot_product_attention(queries, torch.narrow(keys, 2, first, seen), torch.narrow(values, 2, first, seen), None, 0., False)
    return torch.reshape(y, [torch.size(k, 0), -1])
  def turned_continued_attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, keys: Tensor, values: Tensor, position: int, window: int, turns: Tensor) -> Tensor:
    return self.continued_attention(self.turned(q, turns), self.turned(k, turns), v, keys, values, position, window)
  def with_own(self: __torch__.Ops, earlier: Tensor) -> Tensor:
    wider = torch.flatten(torch.constant_pad_nd(earlier, [0, 1, 0, 1], 0.), 0, 1)
    corner = torch.select(torch.select(wider, 1, -1), 1, -1)
    filled = torch.fill_(corner, 1.)
    return wider
  def branch_attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, keys: Tensor, values: Tensor, hidden: Tensor) -> Tensor:
    heads_of_all = torch.size(q, 1)
    k0 = self.shared(k, heads_of_all)
    v0 = self.shared(v, heads_of_all)
    q0 = torch.div(q, torch.sqrt(torch.size(q, 3)))
    own = torch.sum(torch.mul(q0, k0), [3], True)
    queries = torch.flatten(torch.cat([q0, own], 3), 0, 1)
    mask = torch.unsqueeze(torch.constant_pad_nd(hidden, [0, 1], 0.), 0)
    scores = torch.baddbmm(mask, queries, torch.transpose(self.with_own(self.shared(keys, heads_of_all)), 1, 2))
    mixed = torch.bmm(torch.softmax(scores, 2), self.with_own(self.shared(values, heads_of_all)))
    heads = torch.unflatten(mixed, 0, [torch.size(q, 0), torch.size(q, 1)])
    width = torch.size(q, 3)
    return torch.add(torch.narrow(heads, 3, 0, width), torch.mul(torch.narrow(heads, 3, width, 1), v0))
  def cross_entropy(self: __torch__.Ops, logits: Tensor, targets: Tensor) -> Tensor:
    return torch.cross_entropy_loss(logits, targets, None, 0, -100, 0.)
  def requires_gradient(self: __torch__.Ops, x: Tensor) -> bool:
    return ops.prim.requires_grad(x)
  def head_losses(self: __torch__.Ops, states: Tensor, table: Tensor, targets: Tensor, buffer: Tensor, dtype: Tensor) -> Tensor:
    logits = self.product_into(states, torch.transpose(table, 0, 1), buffer, dtype)
    shifted = torch.sub_(logits, torch.amax(logits, [1], True))
    expected = torch.squeeze(torch.gather(shifted, 1, torch.unsqueeze(targets, 1)), 1)
    total = torch.sum(torch.exp_(shifted), [1], True)
    probabilities = torch.div_(shifted, total)
    return torch.sub(torch.squeeze(torch.log(total), 1), expected)
  def head_errors_in_place(self: __torch__.Ops, probabilities: Tensor, targets: Tensor) -> Tensor:
    at = torch.unsqueeze(targets, 1)
    return torch.scatter_add_(probabilities, 1, at, torch.full_like(torch.to(at, probabilities), -1.))
  def head_predictions(self: __torch__.Ops, states: Tensor, table: Tensor, targets: Tensor, banned: int, images: int, few: int, columns: int, dtype: int) -> Tuple[Tensor, Tensor]:
    rows = torch.size(states, 0)
    classes = torch.size(table, 0)
    total = torch.new_full(states, [rows], float("-inf"))
    expected = total
    best = total
    likeliest = torch.zeros_like(targets)
    for i in range(torch.add(1, torch.floordiv(torch.sub(classes, 1), columns))):
      start = torch.mul(i, columns)
      count = ops.prim.min(columns, torch.sub(classes, start))
      part = torch.narrow(table, 0, start, count)
      logits = self.head_logits(states, part, images, few, dtype)
      place = torch.sub(targets, start)
      inside = torch.clamp(place, 0, torch.sub(count, 1))
      own = torch.squeeze(torch.gather(logits, 1, torch.unsqueeze(inside, 1)), 1)
      expected = torch.where(torch.eq(place, inside), own, expected)
      value, index = torch.max(self.without_banned(logits, torch.sub(banned, start)), 1)
      is_better = torch.logical_not(torch.logical_or(torch.le(value, best), torch.isnan(best)))
      best = torch.where(is_better, value, best)
      likeliest = torch.where(is_better, torch.add(index, start), likeliest)
      total = torch.logaddexp(total, self.log_sum_exp_in_place(logits))
    return (torch.clamp(torch.sub(total, expected), 0.), likeliest)
  def head_logits(self: __torch__.Ops, states: Tensor, table: Tensor, images: int, few: int, dtype: int) -> Tensor:
    rows = torch.size(states, 0)
    if torch.eq(images, 1):
      product = torch.mm(torch.to(states, dtype), torch.transpose(torch.to(table, dtype), 0, 1))
      logits = torch.to(product, 6)
    elif torch.le(rows, few):
      logits = self.few_rows_linear_without_bias(states, table)
    else:
      filled = torch.constant_pad_nd(states, [0, 0, 0, torch.remainder(torch.neg(rows), images)], 0.)
      pixels = torch.reshape(filled, [images, -1, 1, torch.size(states, 1)])
      product0 = torch.reshape(self.convolved(pixels, table, None), [-1, torch.size(table, 0)])
      logits = torch.narrow(product0, 0, 0, rows)
    return logits
  def without_banned(self: __torch__.Ops, logits: Tensor, banned: int) -> Tensor:
    if torch.__and__(torch.ge(banned, 0), torch.lt(banned, torch.size(logits, 1))):
      column = torch.new_full(logits, [1], banned, dtype=4)
      allowed = torch.index_fill(logits, 1, column, float("-inf"))
    else:
      allowed = logits
    return allowed
  def log_sum_exp_in_place(self: __torch__.Ops, x: Tensor) -> Tensor:
    largest = torch.amax(x, [1], True)
    sums = torch.sum(torch.exp_(torch.sub_(x, largest)), [1])
    return torch.add(torch.log(sums), torch.squeeze(largest, 1))
  def product_into(self: __torch__.Ops, x: Tensor, y: Tensor, result: Tensor, dtype: Tensor) -> Tensor:
    own = int(dtype)
    if torch.__and__(torch.eq(ops.prim.dtype(x), own), torch.eq(ops.prim.dtype(y), own)):
      product = torch.mm(x, y, out=result)
    else:
      product = self.converted_product_into(x, y, result, own)
    return product
  def converted_product_into(self: __torch__.Ops, x: Tensor, y: Tensor, result: Tensor, dtype: int) -> Tensor:
    rows = torch.to(x, dtype)
    columns = torch.size(y, 1)
    step = torch.add(1, torch.floordiv(16777216, torch.size(y, 0)))
    for i in range(torch.add(1, torch.floordiv(torch.sub(columns, 1), step))):
      start = torch.mul(i, step)
      count = ops.prim.min(step, torch.sub(columns, start))
      converted = torch.to(torch.narrow(y, 1, start, count), dtype)
      _0 = torch.copy_(torch.narrow(result, 1, start, count), torch.mm(rows, converted))
    return result
  def product_in(self: __torch__.Ops, x: Tensor, y: Tensor, dtype: Tensor) -> Tensor:
    result = torch.new_empty(x, [torch.size(x, 0), torch.size(y, 1)], dtype=6)
    return self.product_into(x, y, result, dtype)
  def converted(self: __torch__.Ops, x: Tensor, dtype: Tensor) -> Tensor:
    return torch.to(x, int(dtype))
  def numbers(self: __torch__.Ops, bytes: Tensor, range: Tensor, dtype: Tensor) -> Tensor:
    start = int(torch.select(range, 0, 0))
    count = int(torch.select(range, 0, 1))
    return torch.set_(torch.new_empty(bytes, [0], dtype=int(dtype)), bytes, start, [count], [1])
  def mapped(self: __torch__.Ops, file: str, size: int) -> Tensor:
    return torch.from_file(file, False, size, dtype=0)
  def add_transposed_product_in_place(self: __torch__.Ops, sum: Tensor, x: Tensor, y: Tensor) -> Tensor:
    return torch.addmm_(sum, torch.transpose(x, 0, 1), y)
  def copy_in_place(self: __torch__.Ops, x: Tensor, source: Tensor) -> Tensor:
    return torch.copy_(x, source)
  def score_keys(self: __torch__.Ops, scores: Tensor) -> Tensor:
    bits = torch.view_copy(torch.add(scores, 0.), 3)
    sign = torch.bitwise_right_shift(bits, 31)
    ordered = torch.bitwise_xor(bits, torch.bitwise_and(sign, 2147483647))
    return torch.masked_fill(ordered, torch.isnan(scores), -2147483648)
  def upper_halves(self: __torch__.Ops, keys: Tensor) -> Tensor:
    return torch.bitwise_xor(torch.bitwise_and(torch.bitwise_right_shift(keys, 16), 65535), 32768)
  def count_upper_halves(self: __torch__.Ops, scores: Tensor) -> Tensor:
    keys = self.score_keys(torch.flatten(scores))
    return torch.bincount(self.upper_halves(keys), None, 65536)
  def count_lower_halves(self: __torch__.Ops, scores: Tensor, upper: int) -> Tensor:
    keys = self.score_keys(torch.flatten(scores))
    matching = torch.masked_select(keys, torch.eq(self.upper_halves(keys), upper))
    return torch.bincount(torch.bitwise_and(matching, 65535), None, 65536)
  def at_least_value(self: __torch__.Ops, scores: Tensor, value: float) -> Tensor:
    return torch.ge(scores, value)
  def at_least(self: __torch__.Ops, scores: Tensor, key: int, equal: int) -> Tensor:
    keys = self.score_keys(scores)
    same = torch.eq(keys, key)
    rank = torch.view_as(torch.cumsum(torch.flatten(same), 0), same)
    first = torch.logical_and(same, torch.le(rank, equal))
    return torch.logical_or(torch.gt(keys, key), first)
  def count_equal(self: __torch__.Ops, scores: Tensor, key: int) -> Tensor:
    return torch.sum(torch.eq(self.score_keys(scores), key))
  def keep_in_place(self: __torch__.Ops, x: Tensor, kept: Tensor) -> Tensor:
    return torch.mul_(x, kept)
  def drop_in_place(self: __torch__.Ops, x: Tensor, dropped: Tensor) -> Tensor:
    return torch.mul_(x, torch.logical_not(dropped))
  def add_bit_in_place(self: __torch__.Ops, bytes: Tensor, booleans: Tensor, bit: int) -> Tensor:
    return torch.add_(bytes, torch.mul(torch.to(booleans, 0), bit))
  def has_bit(self: __torch__.Ops, bytes: Tensor, bit: int) -> Tensor:
    return torch.ne(torch.bitwise_and(bytes, bit), 0)
  def drop_entries_in_place(self: __torch__.Ops, x: Tensor, entries: Tensor) -> Tensor:
    flat = torch.view(x, [-1])
    zeros = torch.mul(torch.index_select(flat, 0, entries), 0.)
    return torch.index_copy_(flat, 0, entries, zeros)
  def largest_product(self: __torch__.Ops, x: List[Tensor], y: List[Tensor]) -> Tensor:
    values = annotate(List[Tensor], [])
    entries = annotate(List[Tensor], [])
    for i in range(torch.len(x)):
      product = torch.flatten(torch.mul(x[i], y[i]))
      value, entry = torch.max(product, 0)
      _0 = torch.append(values, value)
      _1 = torch.append(entries, entry)
    largest, array = torch.max(torch.stack(values, 0), 0)
    entry0 = torch.select(torch.index_select(torch.stack(entries, 0), 0, torch.unsqueeze(array, 0)), 0, 0)
    return torch.stack([torch.to(largest, 7), torch.to(array, 7), torch.to(entry0, 7)], 0)
  def count_different_bits(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
    return torch.sum(torch.ne(torch.view_copy(x, 3), torch.view_copy(y, 3)))
  def first_not_finite(self: __torch__.Ops, x: Tensor) -> Tensor:
    odd = torch.logical_not(torch.isfinite(torch.flatten(x)))
    found, index = torch.max(torch.to(odd, 0), 0)
    return torch.where(torch.gt(found, 0), index, torch.full_like(index, -1))
  def sgd_in_place(self: __torch__.Ops, p: Tensor, g: Tensor, buffer: Tensor, lr: float, momentum: float, decay: float) -> Tensor:
    update = torch.add(g, p, alpha=decay)
    torch.add_(torch.mul_(buffer, momentum), update)
    return torch.add_(p, buffer, alpha=torch.neg(lr))
  def adamw_in_place(self: __torch__.Ops, p: Tensor, g: Tensor, m: Tensor, v: Tensor, lr: float, beta1: float, beta2: float, eps: float, decay: float, step: int) -> Tensor:
    torch.mul_(p, torch.sub(1., torch.mul(lr, decay)))
    torch.lerp_(m, g, torch.sub(1., beta1))
    torch.addcmul_(torch.mul_(v, beta2), g, g, value=torch.sub(1., beta2))
    correction1 = torch.sub(1., torch.pow(beta1, step))
    correction2 = torch.sub(1., torch.pow(beta2, step))
    denominator = torch.add_(torch.div_(torch.sqrt(v), torch.sqrt(correction2)), eps)
    return torch.addcdiv_(p, m, denominator, value=torch.neg(torch.div(lr, correction1)))
