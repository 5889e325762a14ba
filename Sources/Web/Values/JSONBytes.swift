/// The bytes of a JSON text while it is written: room that grows, without a question at each byte whether somebody else holds it.
struct JSONBytes: ~Copyable {
  private var room: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    room = .allocate(capacity: self.capacity)
  }

  deinit { room.deallocate() }

  var array: [UInt8] { Array(UnsafeBufferPointer(start: room, count: count)) }

  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    (room + count).initialize(to: byte)
    count += 1
  }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    if bytes.count > capacity - count { grow(by: bytes.count) }
    (room + count).initialize(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Lets `body` fill room for `most` bytes; it answers how many it has written.
  mutating func append(most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    if most > capacity - count { grow(by: most) }
    count += body(room + count)
  }

  private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.moveInitialize(from: room, count: count)
    room.deallocate()
    room = larger
  }
}
