extension WaitEstimate {
  /// The estimate in English, such as "Half are answered in 5 h, nine in ten in 2 days."
  public var sentence: String {
    switch self {
    case .cannotTell: "How long it takes cannot be told yet."
    case .known(.within(let half), .within(let most), _, _):
      "Half are answered in \(Self.duration(half)), nine in ten in \(Self.duration(most))."
    case .known(.within(let half), .moreThan(let most), _, _):
      "Half are answered in \(Self.duration(half)), more than \(Self.whole(most)) for one in ten."
    case .known(.moreThan(let half), _, _, _):
      "More than \(Self.whole(half)) for half of them."
    }
  }

  /// What it rests on, such as "From 42 asks of this kind in the last 90 days."
  public var basis: String {
    switch self {
    case .cannotTell(asks: 0): "There was no other ask in the last 90 days."
    case .cannotTell(let asks): "Only \(Count.of(asks, "ask")) in the last 90 days."
    case .known(_, _, let asks, .family): "From \(Count.of(asks, "ask")) of this kind and skill in the last 90 days."
    case .known(_, _, let asks, .kind): "From \(Count.of(asks, "ask")) of this kind in the last 90 days."
    case .known(_, _, let asks, .organisation): "From \(Count.of(asks, "ask")) of all kinds in the last 90 days."
    }
  }

  /// Minutes as a person would say them, rounded up so that the promise holds.
  static func duration(_ minutes: Int) -> String {
    switch minutes {
    case ..<90: "\(max(1, minutes)) min"
    case ...(36 * 60): "\((minutes - 1) / 60 + 1) h"
    default: Count.of((minutes - 1) / 1440 + 1, "day")
    }
  }

  /// A time that is surely exceeded, rounded down.
  static func whole(_ minutes: Int) -> String {
    switch minutes {
    case ..<60: "\(minutes) min"
    case ..<1440: "\(minutes / 60) h"
    default: Count.of(minutes / 1440, "day")
    }
  }
}

/// A number with its noun.
enum Count {
  static func of(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
