/// What one factor says of one candidate: 0...1000 points before weighting, and the values behind them.
struct Share {
  let points: Int
  let fact: Fact

  init(_ points: Int, _ fact: Fact) {
    self.points = points.clamped(to: 0...1000)
    self.fact = fact
  }
}
