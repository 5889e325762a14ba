#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The stability after a first answer, per grade, found apart from the other weights.
enum FirstStabilities {
  static let range = 0.001...100.0

  /// - Parameter average: the share recalled among all items: what a group is drawn towards.
  /// - Returns: four values in `range` that never fall from one grade to the next, or nil without any group.
  static func search(_ first: FirstReviews, average: Double) -> [Double]? {
    var found: [Int: Double] = [:]
    for grade in Grade.allCases {
      let groups = first.groups.filter { $0.key.grade == grade }
      guard !groups.isEmpty else { continue }
      let points = groups.sorted { $0.key.days < $1.key.days }.map { interval, group in
        (
          days: Double(interval.days), count: Double(group.count),
          recall: (Double(group.recalled) + average) / Double(group.count + 1)
        )
      }
      found[grade.rawValue] = best(points, near: Parameters.defaults.weights[grade.rawValue - 1])
    }
    guard !found.isEmpty else { return nil }
    return settled(found, counts: first.counts)
  }

  /// Four values in `range` that never fall, from those of the grades that were seen.
  /// - Parameter counts: reviews behind each value.
  static func settled(_ seen: [Int: Double], counts: [Int: Int]) -> [Double] {
    var values = seen
    raise(&values, counts: counts)
    return filled(values).map { $0.clamped(to: range) }
  }

  private static func best(_ points: [(days: Double, count: Double, recall: Double)], near start: Double) -> Double {
    let decay = -Parameters.defaults.weights[20]
    let factor = pow(0.9, 1 / decay) - 1
    func loss(_ stability: Double) -> Double {
      points.reduce(abs(stability - start) / 16) { sum, point in
        let recall = pow(1 + factor * point.days / stability, decay).clamped(to: 1e-7...(1 - 1e-7))
        return sum - point.count * (point.recall * log(recall) + (1 - point.recall) * log(1 - recall))
      }
    }
    var (low, high) = (range.lowerBound, range.upperBound)
    while high - low > 1e-10 {
      let third = (high - low) / 3
      if loss(low + third) < loss(high - third) { high -= third } else { low += third }
    }
    return (low + high) / 2
  }

  /// Where a worse grade has a greater stability than a better one, the value with more reviews behind it serves for both.
  private static func raise(_ values: inout [Int: Double], counts: [Int: Int]) {
    for (small, big) in [(1, 2), (2, 3), (3, 4), (1, 3), (2, 4), (1, 4)] {
      guard let less = values[small], let more = values[big], less > more else { continue }
      if counts[small, default: 0] > counts[big, default: 0] { values[big] = less } else { values[small] = more }
    }
  }

  /// Fills what was never seen: `S2 = S1^0.41 S3^0.59` and `S3 = S2^0.46 S4^0.54`; with a single value all defaults are scaled.
  private static func filled(_ known: [Int: Double]) -> [Double] {
    let defaults = Array(Parameters.defaults.weights.prefix(4))
    if known.count == 1, let (grade, value) = known.first { return defaults.map { $0 * value / defaults[grade - 1] } }
    var logs = known.mapValues { log($0) }
    let (v, u) = (0.41, 0.54)
    if logs[2] == nil, logs[3] == nil, let one = logs[1], let four = logs[4] {
      let share = v / (u + v - u * v)
      logs[2] = one * share + four * (1 - share)
    }
    for _ in 0..<2 {
      if logs[1] == nil, let two = logs[2], let three = logs[3] { logs[1] = (two - (1 - v) * three) / v }
      if logs[2] == nil, let one = logs[1], let three = logs[3] { logs[2] = v * one + (1 - v) * three }
      if logs[2] == nil, let three = logs[3], let four = logs[4] { logs[2] = (three - u * four) / (1 - u) }
      if logs[3] == nil, let two = logs[2], let four = logs[4] { logs[3] = (1 - u) * two + u * four }
      if logs[3] == nil, let one = logs[1], let two = logs[2] { logs[3] = (two - v * one) / (1 - v) }
      if logs[4] == nil, let two = logs[2], let three = logs[3] { logs[4] = (three - (1 - u) * two) / u }
    }
    return (1...4).map { exp(logs[$0] ?? log(defaults[$0 - 1])) }
  }
}
