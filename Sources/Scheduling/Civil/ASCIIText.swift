/// Writes a short text of ASCII characters straight into the room of a string: pages are full of dates and times.
struct ASCIIText {
  private let room: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// The text that `body` writes; at most `capacity` characters, what goes beyond is left out.
  static func make(_ capacity: Int, _ body: (inout ASCIIText) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { room in
      var text = ASCIIText(room: room)
      body(&text)
      return text.count
    }
  }

  private init(room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

  mutating func write(_ byte: UInt8) {
    guard count < room.count else { return }
    room.initializeElement(at: count, to: byte)
    count += 1
  }

  mutating func write(_ text: StaticString) { text.withUTF8Buffer { for byte in $0 { write(byte) } } }

  /// A number of 0...9999 with leading zeros up to `width` digits.
  mutating func write(_ value: Int, width: Int = 1) {
    var scale = 1_000
    for digits in stride(from: 4, through: 1, by: -1) {
      if digits <= width || value >= scale { write(UInt8(ascii: "0") + UInt8(value / scale % 10)) }
      scale /= 10
    }
  }

  /// `2026-11-23`.
  mutating func write(_ date: CivilDate) {
    let (year, month, day) = date.components
    write(year, width: 4)
    write("-")
    write(month, width: 2)
    write("-")
    write(day, width: 2)
  }

  /// `09:00`.
  mutating func write(_ time: WallTime) {
    write(time.hour, width: 2)
    write(":")
    write(time.minute, width: 2)
  }

  /// `2026-11-23T09:00`.
  mutating func write(_ local: LocalDateTime) {
    write(local.date)
    write("T")
    write(local.time)
  }
}
