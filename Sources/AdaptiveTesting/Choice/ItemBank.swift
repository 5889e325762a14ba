/// The items of a test, prepared so that choosing and scoring cost little. Immutable, shared by any number of attempts.
///
/// Memory: about 1 KB an item and answer category, and 3 KB an item for the index of information (up to 1 MB in all).
public struct ItemBank: Sendable {
  /// The items in the caller's order; everything else names an item by its place here.
  public let items: [Item]
  /// The content area of each item; empty when the bank has none.
  public let areas: [Int]
  /// The easiest and the hardest difficulty in the bank.
  public let difficulties: ClosedRange<Double>

  /// Log probability on the grid, for item and category: `columnStart[item] + category` is the number of the column.
  private let columns: [SIMD8<Double>]
  private let columnStart: [Int]
  let index: InformationIndex

  /// - Parameter areas: the content area of each item, or nothing.
  /// - Throws: `BankError` when there are no items, or not as many areas as items.
  public init(_ items: [Item], areas: [Int] = []) throws {
    guard let first = items.first else { throw BankError.empty }
    guard areas.isEmpty || areas.count == items.count else { throw BankError.areas(expected: items.count, found: areas.count) }
    self.items = items
    self.areas = areas
    difficulties = items.reduce(first.difficulties) { range, item in
      min(range.lowerBound, item.difficulties.lowerBound)...max(range.upperBound, item.difficulties.upperBound)
    }
    var columns: [SIMD8<Double>] = []
    var starts: [Int] = []
    for item in items {
      starts.append(columns.count / Quadrature.vectors)
      let table = Quadrature.standard.nodes.map { item.probabilities($0) }
      for category in 0..<item.categories {
        columns += Posterior.packed(table.map { Numerics.logarithm(max($0[category], 1e-300)) }, padding: 0)
      }
    }
    self.columns = columns
    columnStart = starts
    index = InformationIndex(items)
  }

  /// The column of log probabilities of an answer, one value per node of the grid.
  func column(_ item: Int, _ category: Int) -> ArraySlice<SIMD8<Double>> {
    let start = (columnStart[item] + category) * Quadrature.vectors
    return columns[start..<start + Quadrature.vectors]
  }
}

/// Why a bank cannot be made.
public enum BankError: Error, Hashable, Sendable {
  /// There is no item.
  case empty
  /// There must be one content area per item.
  case areas(expected: Int, found: Int)
}
