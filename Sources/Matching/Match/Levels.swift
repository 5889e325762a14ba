/// Three levels of value, first the quota, then the number of pairs, then weight, packed into one integer each.
///
/// A step of a higher level is worth more than any sum of lower ones that can occur: exchanging people along a path that visits everyone
/// at most once changes the weight by less than `pairs / 8`, and the number of pairs by at most one. So comparing packed values compares
/// level by level, and they can be taken apart again.
struct Levels: Sendable, Equatable {
  /// The value of one more pair, before its weight.
  let base: Int64
  /// What one point of weight is worth: 1, or 0 where only the number of pairs counts.
  let unit: Int64
  /// The value of a kept pair beyond its weight; 0 where nothing is to be kept.
  var kept: Int64
  /// One step of the middle level.
  let pairs: Int64
  /// One step of the highest level.
  let quota: Int64

  /// - Parameters:
  ///   - countsPairs: One more pair is worth more than any weight.
  ///   - countsWeight: Weight counts at all.
  ///   - keeps: A kept pair is worth more than any weight.
  init?(table: PairTable, countsPairs: Bool, countsWeight: Bool = true, keeps: Bool = false) {
    let steps = Int64(2 * min(table.mentees, table.mentors) + 4)
    let heaviest = countsWeight ? max(1, table.greatest) : 1
    let bonus = keeps ? (8 * steps).multipliedReportingOverflow(by: heaviest) : (partialValue: 0, overflow: false)
    let widest = (8 * steps).multipliedReportingOverflow(by: bonus.partialValue + heaviest)
    guard !bonus.overflow, !widest.overflow, widest.partialValue <= Int64.max >> 12 else { return nil }
    kept = bonus.partialValue
    pairs = widest.partialValue
    quota = 64 * pairs
    base = countsPairs ? pairs : 0
    unit = countsWeight ? 1 : 0
  }

  /// Packs a value.
  func packed(_ price: Price) -> Int64 {
    Int64(price.quota.clamped(to: -8...8)) * quota + Int64(price.pairs.clamped(to: -8...8)) * pairs
      + Int64(price.weight).clamped(to: -pairs / 8...pairs / 8)
  }

  /// Takes a packed value apart.
  func price(_ packed: Int64) -> Price {
    let weight = Self.centred(packed, pairs)
    let rest = (packed - weight) / pairs
    let count = Self.centred(rest, 64)
    return Price(quota: Int((rest - count) / 64), pairs: Int(count), weight: Int(weight))
  }

  /// The remainder of least magnitude.
  private static func centred(_ value: Int64, _ step: Int64) -> Int64 {
    let remainder = value % step
    if remainder >= step / 2 { return remainder - step }
    return remainder < -(step / 2) ? remainder + step : remainder
  }
}

/// A value in three levels, compared one after the other.
public struct Price: Sendable, Hashable, Comparable {
  /// Places that fill a minimum.
  public var quota: Int
  /// Pairs.
  public var pairs: Int
  /// Points of weight.
  public var weight: Int

  /// Makes a price.
  public init(quota: Int, pairs: Int, weight: Int) {
    self.quota = quota
    self.pairs = pairs
    self.weight = weight
  }

  /// No value at all.
  public static let zero = Price(quota: 0, pairs: 0, weight: 0)

  public static func < (left: Price, right: Price) -> Bool {
    (left.quota, left.pairs, left.weight) < (right.quota, right.pairs, right.weight)
  }
}
