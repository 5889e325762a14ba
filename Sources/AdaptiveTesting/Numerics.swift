#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The few functions of the C library that this target uses, in one place.
enum Numerics {
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func logarithm(_ x: Double) -> Double { log(x) }
  static func cosine(_ x: Double) -> Double { cos(x) }

  /// 1 / (1 + e^-x), without overflow for any finite `x`.
  static func logistic(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
  }

  /// Upper tail of the chi-square distribution: the chance of a value of `statistic` or more.
  ///
  /// Series for small values and Lentz's continued fraction for large ones (Press et al., Numerical Recipes, 6.2).
  /// - Returns: a probability in 0...1; 1 for no degrees of freedom.
  static func chiSquareTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
    guard degreesOfFreedom > 0, statistic > 0, statistic.isFinite else { return statistic.isFinite ? 1 : 0 }
    let shape = Double(degreesOfFreedom) / 2
    let x = statistic / 2
    let front = exp(-x + shape * log(x) - lgamma(shape))
    if x < shape + 1 {
      var term = 1 / shape
      var sum = term
      for step in 1...1_000 {
        term *= x / (shape + Double(step))
        sum += term
        if term < sum * 1e-15 { break }
      }
      return max(0, 1 - front * sum)
    }
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for step in 1...1_000 {
      let a = -Double(step) * (Double(step) - shape)
      b += 2
      d = a * d + b
      if abs(d) < tiny { d = tiny }
      c = b + a / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = d * c
      fraction *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return min(1, front * fraction)
  }
}
