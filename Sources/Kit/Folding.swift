import Foundation

extension StringProtocol {
  /// The text as a search compares it: lower case, without accents, "Zoë Łukasz" as "zoe lukasz". O(n).
  ///
  /// `Dialect.folded` of Store says the same in SQL; a test holds the two together.
  public var folded: String {
    if utf8.allSatisfy({ $0 < 128 }) { return lowercased() }
    let scalars = decomposedStringWithCompatibilityMapping.unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }
    return String(String.UnicodeScalarView(scalars.map { Folding.strokes[$0] ?? $0 })).lowercased()
  }
}

/// Letters with a stroke: they have no accent to take away.
public enum Folding {
  public static let strokes: [Unicode.Scalar: Unicode.Scalar] = [
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ħ": "h", "Ħ": "h", "ı": "i",
  ]
}
