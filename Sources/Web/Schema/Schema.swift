/// The shape of an input or an output, from which requests are checked and OpenAPI is written.
public indirect enum Schema: Sendable, Hashable {
  case text(Rule)
  case integer(Rule)
  case number(Rule)
  case boolean
  /// A text of a fixed form: an id, an instant, an e-mail address.
  case format(String, example: String)
  case choice([String])
  case upload
  case any
  case list(Schema, Rule)
  case object(String, [Property])
  case dictionary(Schema)

  public struct Property: Sendable, Hashable {
    public let name: String
    public let schema: Schema
    public let isRequired: Bool
  }

  public var properties: [Property] {
    if case .object(_, let properties) = self { return properties }
    return []
  }
}

/// What a value must keep beyond its type. One declaration serves the check, the message and OpenAPI.
public struct Rule: Sendable, Hashable {
  public var least: Int?
  public var most: Int?
  /// Where the bounds are of a list: what each entry must keep, as the only element.
  var entry: [Rule] = []
  public var options: [String] = []
  public var format: Format?

  public enum Format: String, Sendable, Hashable {
    case email, date, zone, color, url
    case time = "wall-time"

    /// All that the format asks for, where an ECMA 262 pattern can say it.
    var pattern: String? {
      switch self {
      case .time: "^([01]?[0-9]|2[0-4]):[0-5][0-9]$"
      case .color: "^#[0-9A-Fa-f]{6}$"
      case .email, .date, .zone, .url: nil
      }
    }
  }

  public init() {}

  /// Text of so many characters; the message of a text that is too long names the limit.
  public static func text(_ range: ClosedRange<Int>) -> Rule {
    var rule = Rule()
    rule.least = range.lowerBound
    rule.most = range.upperBound
    return rule
  }

  /// A whole number within bounds.
  public static func number(_ range: ClosedRange<Int>) -> Rule { text(range) }

  /// A list of so many entries, each of which keeps a rule of its own.
  public static func list(_ range: ClosedRange<Int>, of entry: Rule = Rule()) -> Rule {
    var rule = text(range)
    rule.entry = [entry]
    return rule
  }

  public static func one(of options: [String]) -> Rule {
    var rule = Rule()
    rule.options = options
    return rule
  }

  public static func one(of options: [Int]) -> Rule { one(of: options.map(String.init)) }

  public static let email = formatted(.email, 3...254)
  public static let date = formatted(.date, 10...10)
  public static let time = formatted(.time, 4...5)
  public static let zone = formatted(.zone, 1...64)

  private static func formatted(_ format: Format, _ range: ClosedRange<Int>) -> Rule {
    var rule = text(range)
    rule.format = format
    return rule
  }
}

/// An enumeration that stands in requests and answers by its raw text.
public protocol Choice: RawRepresentable, CaseIterable, Codable, Sendable where RawValue == String {}

/// A type whose text has a form of its own.
public protocol Formatted: Decodable {
  static var schema: Schema { get }
  static var sample: Self { get }
}
