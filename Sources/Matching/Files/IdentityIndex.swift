/// Numbers for ids, in order of first appearance. Ids are opaque bytes.
///
/// An open hash table with linear probing. Ids of up to eight bytes are their own key and are never compared byte by byte. Ids that are plain
/// numbers below a million are also found by that number, in a table small enough to stay near the processor.
struct IdentityIndex: ~Copyable {
  /// The ids as text.
  private(set) var names: [String] = []
  private var slots = Column<Slot>(1024, filledWith: .empty)
  private var shift: UInt64 = 64 - 10
  /// The number of the id that is a plain number; all such ids below the count of the table are in it.
  private var direct = Column<Int32>(0, filledWith: -1)
  private static let mostDirect = 1 << 20

  struct Slot: BitwiseCopyable {
    var key: UInt64
    var length: Int32
    var number: Int32
    fileprivate static let empty = Slot(key: 0, length: 0, number: -1)
  }

  /// An id as it is built up byte by byte.
  struct Key: BitwiseCopyable, Hashable {
    var packed: UInt64 = 0
    var mixed: UInt64 = 0
    var length: Int32 = 0

    init() {}

    /// The key of an id of up to eight bytes, the last one lowest.
    @inline(__always)
    init(bytes: UInt64, length: Int) {
      packed = bytes
      self.length = Int32(truncatingIfNeeded: length)
    }

    @inline(__always)
    mutating func add(_ byte: UInt8) {
      if length & 7 == 0, length > 0 { mix() }
      packed = packed << 8 | UInt64(byte)
      length &+= 1
    }

    private mutating func mix() {
      mixed = (mixed ^ packed) &* 0xFF51_AFD7_ED55_8CCD
      mixed ^= mixed >> 32
      packed = 0
    }

    /// The number that the id is, written without zeros in front; -1 for any other id.
    @inline(__always)
    fileprivate var plainNumber: Int {
      guard length > 0, length <= 7, length == 1 || packed >> UInt64(8 &* (length &- 1)) != 48,
        let number = ShortField.decimal(packed.byteSwapped, count: Int(length))
      else { return -1 }
      return Int(number)
    }

    fileprivate var whole: UInt64 { length <= 8 ? packed : mixed &* 0xC4CE_B9FE_1A85_EC53 ^ packed }
  }

  init() {}

  init(reserving count: Int) {
    while slots.count < 2 * count { slots = Column(slots.count * 2, filledWith: .empty) }
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
  }

  /// The number of an id, or -1. `text` reads the id again when a long one must be compared.
  @inline(__always)
  func number(_ key: Key, text: () -> String) -> Int32 {
    let plain = key.plainNumber
    if plain >= 0, plain < direct.count { return direct[plain] }
    var place = home(key)
    while true {
      let slot = slots[place]
      if slot.number < 0 { return -1 }
      if slot.key == key.whole, slot.length == key.length, key.length <= 8 || names[Int(slot.number)] == text() { return slot.number }
      place = (place &+ 1) & (slots.count &- 1)
    }
  }

  /// Gives the next number to an id that has none yet.
  mutating func add(_ key: Key, _ name: String) -> Int32 {
    if 2 * (names.count + 1) > slots.count { grow() }
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(name)
    put(Slot(key: key.whole, length: key.length, number: number))
    let plain = key.plainNumber
    if plain >= 0, plain < Self.mostDirect {
      if plain >= direct.count { growDirect(beyond: plain) }
      direct[plain] = number
    }
    return number
  }

  @inline(__always)
  private func home(_ key: Key) -> Int { home(key.whole, key.length) }

  @inline(__always)
  private func home(_ whole: UInt64, _ length: Int32) -> Int {
    Int(truncatingIfNeeded: ((whole ^ UInt64(truncatingIfNeeded: length) << 59) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private func put(_ slot: Slot) {
    var place = home(slot.key, slot.length)
    while slots[place].number >= 0 { place = (place &+ 1) & (slots.count &- 1) }
    slots[place] = slot
  }

  private mutating func growDirect(beyond plain: Int) {
    let larger = Column<Int32>(min(Self.mostDirect, max(1024, 2 * plain)), filledWith: -1)
    for known in 0..<direct.count { larger[known] = direct[known] }
    direct = larger
  }

  private mutating func grow() {
    var old = Column<Slot>(slots.count * 2, filledWith: .empty)
    swap(&old, &slots)
    shift -= 1
    for place in 0..<old.count where old[place].number >= 0 { put(old[place]) }
  }
}
