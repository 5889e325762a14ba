import Foundation
import Matching
import Web

/// One figure of a window, or the reason why there is none.
struct KPIValue: Output, Hashable {
  var id: KPI
  var name: String
  var formula: String
  /// As it is read: "4.4 of 5", "82 %", "Cannot tell", a dash for fewer than five people.
  var value: String
  var number: Double?
  /// In words, with the word interval.
  var interval: String?
  var low: Double?
  var high: Double?
  /// How many things it rests on.
  var n: Int?
  var note: String?
  var isWithheld: Bool

  init(_ id: KPI, value: String, number: Double? = nil, n: Int? = nil, note: String? = nil, isWithheld: Bool = false) {
    self.id = id
    name = id.name
    formula = id.formula
    self.value = value
    self.number = number
    self.n = n
    self.note = note
    self.isWithheld = isWithheld
  }

  static func withheld(_ id: KPI) -> KPIValue {
    KPIValue(id, value: SmallGroups.mark, note: "Fewer than \(SmallGroups.fewest) people: not shown.", isWithheld: true)
  }

  static func cannotTell(_ id: KPI, _ why: String) -> KPIValue { KPIValue(id, value: "Cannot tell", note: why) }

  /// A share of things, as percent with Wilson's interval.
  static func share(_ id: KPI, _ hits: Int, of n: Int, note: String) -> KPIValue {
    guard n > 0 else { return cannotTell(id, note) }
    let share = Double(hits) / Double(n)
    var value = KPIValue(id, value: "\(percent(share)) %", number: share, n: n, note: "\(hits) of \(n) \(note)")
    if let interval = Confidence.share(hits, of: n) { value.set(interval, "\(percent(interval.low)) to \(percent(interval.high)) %") }
    return value
  }

  /// A mean of points 1 to 5.
  static func mean(_ id: KPI, n: Int, sum: Int, squares: Int) -> KPIValue {
    guard n > 0 else { return cannotTell(id, "Nothing was rated.") }
    let mean = Double(sum) / Double(n)
    var value = KPIValue(id, value: "\(decimal(mean)) of 5", number: mean, n: n)
    if let interval = Confidence.mean(n: n, sum: Double(sum), squares: Double(squares)) {
      let (low, high) = (max(1, interval.low), min(5, interval.high))
      value.set(Confidence(low: low, high: high), "\(decimal(low)) to \(decimal(high))")
    }
    return value
  }

  /// Half and nine in ten, from asks with their waits.
  static func wait(_ waits: [Wait]) -> KPIValue {
    switch WaitEstimate(family: [], kind: [], organisation: waits) {
    case .cannotTell(let asks): return cannotTell(.timeToHelp, "\(asks) of the \(WaitEstimate.fewest) asks that it takes.")
    case .known(let half, let nine, let asks, _):
      var minutes: Double?
      if case .within(let found) = half { minutes = Double(found) }
      return KPIValue(.timeToHelp, value: words(half), number: minutes, n: asks, note: "Nine in ten: \(words(nine))")
    }
  }

  private static func words(_ bound: WaitBound) -> String {
    switch bound {
    case .within(let minutes): span(minutes)
    case .moreThan(let minutes): "over \(span(minutes))"
    }
  }

  private static func span(_ minutes: Int) -> String {
    minutes < 60 ? "\(minutes) min" : minutes < 48 * 60 ? "\((minutes + 30) / 60) h" : "\((minutes + 720) / 1440) days"
  }

  private mutating func set(_ interval: Confidence, _ words: String) {
    low = interval.low
    high = interval.high
    self.interval = "95 % interval \(words)"
  }

  /// Rounded to the nearest, but never to all of what is not all.
  static func percent(_ share: Double) -> Int {
    let rounded = Int((share * 100).rounded())
    return share < 1 - 1e-9 ? min(rounded, 99) : rounded
  }

  /// The share of a part, 0 of nothing.
  static func percent(_ part: Int, of whole: Int) -> Int { whole > 0 ? percent(Double(part) / Double(whole)) : 0 }

  static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
}
