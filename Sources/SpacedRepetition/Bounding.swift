extension Double {
  /// The nearest value in `range`; not-a-number becomes the lower bound, so that the result is always in range.
  func clamped(to range: ClosedRange<Double>) -> Double {
    guard self >= range.lowerBound else { return range.lowerBound }
    return self <= range.upperBound ? self : range.upperBound
  }
}

extension FixedWidthInteger {
  /// The nearest value in `range`.
  func clamped(to range: ClosedRange<Self>) -> Self {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }

  /// The sum, or the nearest representable value.
  func saturatingAdding(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return other < 0 ? .min : .max
  }

  /// The difference, or the nearest representable value.
  func saturatingSubtracting(_ other: Self) -> Self {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return other < 0 ? .max : .min
  }
}
