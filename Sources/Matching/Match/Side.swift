/// The people of one side of a market, with their prices.
///
/// A person's price is what one more place with that person is worth to the whole answer. Which prices fit a person depends only on how
/// many places are in use: below the least exactly `-quota`; at the least up to 0; between, exactly 0; at the most from 0 up.
final class Side: Sendable {
  let count: Int
  /// The value of a place that fills a minimum.
  let quota: Int64
  let least: Column<Int32>
  let most: Column<Int32>
  /// How many pairs of each person are in use.
  let degree: Column<Int32>
  let price: Column<Int64>
  /// Where the used pairs of each person are kept.
  private let heldOffset: Column<Int32>
  let held: Column<Int32>
  /// What a search knows of each person: how far, over which pair, and whether seen (1) or done (2).
  let distance: Column<Int64>
  let parent: Column<Int32>
  let state: Column<UInt8>

  /// - Parameters:
  ///   - places: The least and most places of each person.
  ///   - offset: Where the pairs of each person begin.
  ///   - quota: The value of a place that fills a minimum.
  init(_ places: borrowing Places, offset: borrowing Column<Int32>, quota: Int64) {
    count = places.count
    self.quota = quota
    least = Column(count, filledWith: 0)
    most = Column(count, filledWith: 0)
    heldOffset = Column(count + 1, filledWith: 0)
    for person in 0..<count {
      least[person] = places.least[person]
      most[person] = places.most[person]
      heldOffset[person &+ 1] = heldOffset[person] &+ min(offset[person &+ 1] &- offset[person], places.most[person])
    }
    degree = Column(count, filledWith: 0)
    price = Column(count, filledWith: 0)
    held = Column(Int(heldOffset[count]), filledWith: 0)
    distance = Column(count, filledWith: 0)
    parent = Column(count, filledWith: -1)
    state = Column(count, filledWith: 0)
  }

  /// All places together.
  var places: Int { (0..<count).reduce(0) { $0 + Int(most[$1]) } }

  /// The price at which one more place is taken.
  @inline(__always)
  func ceiling(_ person: Int) -> Int64 {
    if degree[person] >= most[person] { return Int64.max }
    return degree[person] < least[person] ? 0 &- quota : 0
  }

  /// The price at which a place is given up.
  @inline(__always)
  func floor(_ person: Int) -> Int64 { degree[person] <= least[person] ? 0 &- quota : 0 }

  /// Whether a person has a place free and is too dear for it.
  @inline(__always)
  func wantsMore(_ person: Int) -> Bool { price[person] > ceiling(person) }

  @inline(__always)
  func hold(_ pair: Int32, at person: Int) {
    held[heldOffset[person] &+ degree[person]] = pair
    degree[person] &+= 1
  }

  @inline(__always)
  func release(_ pair: Int32, at person: Int) {
    let first = heldOffset[person]
    var place = first
    while held[place] != pair { place &+= 1 }
    held[place] = held[first &+ degree[person] &- 1]
    degree[person] &-= 1
  }

  /// The used pair of a person at a place below the person's degree.
  @inline(__always)
  func heldPair(_ person: Int, _ place: Int32) -> Int32 { held[heldOffset[person] &+ place] }
}
