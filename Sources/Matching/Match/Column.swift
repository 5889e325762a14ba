/// A fixed run of plain values in memory: the one place of the solver that touches pointers.
///
/// The solver reads and writes some hundred million cells a second, so cells are reached without a bounds check in release builds; debug
/// builds, in which all tests run, check every access. Indices never come from outside: `PairTable` proves the ranges of what is read once.
struct Column<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  private let cells: UnsafeMutablePointer<Element>
  /// How many cells there are.
  let count: Int

  init(_ count: Int, filledWith value: Element) {
    self.count = count
    cells = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    cells.initialize(repeating: value, count: count)
  }

  /// A column of `count` cells, taken from the front of a larger one.
  init(_ growing: consuming GrowingColumn<Element>) {
    count = growing.count
    cells = growing.release()
  }

  /// A column with the same cells.
  init(copying other: borrowing Column<Element>) {
    count = other.count
    cells = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    cells.initialize(from: other.cells, count: count)
  }

  deinit { cells.deallocate() }

  /// Takes the cells of a column of the same length.
  func copy(from other: borrowing Column<Element>) {
    assert(other.count == count, "columns of different lengths")
    cells.update(from: other.cells, count: min(count, other.count))
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count, "a cell outside its column")
      return cells[index]
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count, "a cell outside its column")
      cells[index] = newValue
    }
  }

  subscript(index: Int32) -> Element {
    @inline(__always) get { self[Int(index)] }
    @inline(__always) nonmutating set { self[Int(index)] = newValue }
  }
}

/// A column that grows at its end; see `Column`.
struct GrowingColumn<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  private var cells: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  private(set) var count = 0

  init(reserving capacity: Int) {
    self.capacity = max(16, capacity)
    cells = UnsafeMutablePointer<Element>.allocate(capacity: self.capacity)
  }

  deinit { cells.deallocate() }

  @inline(__always)
  mutating func append(_ value: Element) {
    if count == capacity { grow() }
    cells[count] = value
    count &+= 1
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count, "a cell outside its column")
      return cells[index]
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count, "a cell outside its column")
      cells[index] = newValue
    }
  }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func removeLast() -> Element {
    assert(count > 0, "nothing left")
    count &-= 1
    return cells[count]
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: cells, count: count)
    cells.deallocate()
    cells = larger
    capacity *= 2
  }

  /// Hands the memory over; the caller frees it.
  fileprivate consuming func release() -> UnsafeMutablePointer<Element> {
    let handed = cells
    discard self
    return handed
  }
}

/// One bit for each of many things.
struct BitColumn: ~Copyable, Sendable {
  private let words: Column<UInt64>
  let count: Int

  init(_ count: Int, filledWith value: Bool) {
    self.count = count
    words = Column((count + 63) / 64, filledWith: value ? UInt64.max : 0)
  }

  subscript(index: Int) -> Bool {
    @inline(__always) get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    @inline(__always) nonmutating set {
      let bit = UInt64(1) << UInt64(index & 63)
      words[index >> 6] = newValue ? words[index >> 6] | bit : words[index >> 6] & ~bit
    }
  }
}
