import Foundation

/// 95 % intervals.
struct Confidence: Hashable {
  let low: Double
  let high: Double

  /// Of a mean, by Student's t: the mean of so many values with this sum and sum of squares. Nil below two values.
  static func mean(n: Int, sum: Double, squares: Double) -> Confidence? {
    guard n >= 2 else { return nil }
    let count = Double(n)
    let mean = sum / count
    let variance = max(0, (squares - count * mean * mean) / (count - 1))
    let reach = quantile(degrees: n - 1) * (variance / count).squareRoot()
    return Confidence(low: mean - reach, high: mean + reach)
  }

  /// Of a share, by Wilson (1927), which holds near 0 and 1 and for small numbers.
  static func share(_ hits: Int, of n: Int) -> Confidence? {
    guard n > 0 else { return nil }
    let (count, z) = (Double(n), 1.959964)
    let share = Double(hits) / count
    let middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    let reach = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    return Confidence(low: max(0, middle - reach), high: min(1, middle + reach))
  }

  /// The 97.5 % points of Student's t for 1 to 30 degrees of freedom.
  private static let table = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
    2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
  ]

  /// Beyond the table by the expansion 1.96 + 2.37 / degrees, within 0.001 of the true point.
  private static func quantile(degrees: Int) -> Double {
    table.indices.contains(degrees - 1) ? table[degrees - 1] : 1.959964 + 2.372 / Double(degrees)
  }
}
