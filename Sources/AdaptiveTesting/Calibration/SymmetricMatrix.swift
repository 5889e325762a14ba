/// A symmetric positive definite matrix by rows, and its Cholesky factor.
struct SymmetricMatrix {
  let size: Int
  var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// The lower factor L with L Lᵀ = self, reading the lower half; nil when the matrix is not positive definite.
  func factor() -> SymmetricMatrix? {
    var lower = SymmetricMatrix(size: size)
    for row in 0..<size {
      for column in 0...row {
        var sum = values[row * size + column]
        for place in 0..<column { sum -= lower.values[row * size + place] * lower.values[column * size + place] }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          lower.values[row * size + row] = sum.squareRoot()
        } else {
          lower.values[row * size + column] = sum / lower.values[column * size + column]
        }
      }
    }
    return lower
  }

  /// Solves L Lᵀ x = right, for a factor.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for place in 0..<row { x[row] -= values[row * size + place] * x[place] }
      x[row] /= values[row * size + row]
    }
    for row in (0..<size).reversed() {
      for place in (row + 1)..<max(size, row + 1) { x[row] -= values[place * size + row] * x[place] }
      x[row] /= values[row * size + row]
    }
    return x
  }

  /// The inverse of L, for a factor: the inverse of the matrix is its transpose times itself.
  func inverseOfFactor() -> SymmetricMatrix {
    var inverse = SymmetricMatrix(size: size)
    for row in 0..<size {
      let pivot = 1 / values[row * size + row]
      for place in 0..<row {
        let weight = -values[row * size + place] * pivot
        if weight == 0 { continue }
        for column in 0...place { inverse.values[row * size + column] += weight * inverse.values[place * size + column] }
      }
      inverse.values[row * size + row] = pivot
    }
    return inverse
  }
}
