class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def eigen(self: __torch__.Ops, sum: Tensor) -> Tensor:
    values, vectors = torch.linalg_eigh(torch.to(sum, 7))
    return torch.cat([torch.unsqueeze(torch.clamp(values, 0.), 0), vectors], 0)
  def kept(self: __torch__.Ops, inputs: Tensor, outputs: Tensor, energy: float) -> Tensor:
    curvatures = torch.outer(torch.select(inputs, 0, 0), torch.select(outputs, 0, 0))
    falling, order = torch.sort(torch.flatten(curvatures), stable=True, dim=0, descending=True)
    sums = torch.cumsum(falling, 0)
    whole = torch.select(sums, 0, -1)
    keeps = torch.lt(torch.sub(sums, falling), torch.mul(whole, energy))
    return torch.view_as(torch.scatter(torch.zeros_like(keeps), 0, order, keeps), curvatures)
  def edited(self: __torch__.Ops, matrix: Tensor, inputs: Tensor, outputs: Tensor, energy: float) -> Tensor:
    u = torch.narrow(inputs, 0, 1, torch.size(inputs, 1))
    v = torch.narrow(outputs, 0, 1, torch.size(outputs, 1))
    turned = torch.mm(torch.mm(torch.transpose(u, 0, 1), torch.to(matrix, 7)), v)
    kept = torch.mul(turned, self.kept(inputs, outputs, energy))
    return torch.to(torch.mm(torch.mm(u, kept), torch.transpose(v, 0, 1)), 6)
