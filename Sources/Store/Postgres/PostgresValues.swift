import CPostgres
import Foundation
import Kit

/// Values on their way to a statement, in PostgreSQL's binary form and with their types named, so that text never has to be
/// quoted and a type never has to be guessed.
struct PostgresParameters {
  private(set) var types: [Oid] = []
  private var offsets: [Int] = []
  private var lengths: [Int32] = []
  private var bytes: [UInt8] = []

  init(_ values: [Bound]) {
    for value in values {
      offsets.append(value == .null ? -1 : bytes.count)
      let start = bytes.count
      switch value {
      case .null:
        types.append(0)
      case .integer(let value):
        types.append(PostgresType.int8)
        Swift.withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
      case .real(let value):
        types.append(PostgresType.float8)
        Swift.withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
      case .text(let text):
        types.append(PostgresType.text)
        bytes.append(contentsOf: text.utf8)
      case .blob(let blob):
        types.append(PostgresType.bytea)
        bytes.append(contentsOf: blob)
      }
      lengths.append(Int32(clamping: bytes.count - start))
    }
    // An empty value must still have an address, since libpq reads a null pointer as NULL.
    bytes.append(0)
  }

  /// Calls `body`, which runs a statement, with what libpq wants: count, addresses, lengths, formats.
  func withPointers(
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> OpaquePointer?
  ) -> PostgresAnswer {
    let answer = bytes.withUnsafeBytes { buffer in
      let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let addresses = offsets.map { $0 < 0 ? nil : base.map { [offset = $0] in $0 + offset } }
      let binary = [Int32](repeating: 1, count: offsets.count)
      return body(Int32(clamping: offsets.count), addresses, lengths, binary)
    }
    return PostgresAnswer(answer)
  }
}

/// Object ids of the built-in types (pg_type.dat).
enum PostgresType {
  static let bool: Oid = 16
  static let bytea: Oid = 17
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let oid: Oid = 26
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let numeric: Oid = 1700
}

extension Bound {
  /// Reads one column of an answer in text form.
  init(postgres type: Oid, _ bytes: UnsafeBufferPointer<UInt8>) {
    switch type {
    case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.oid:
      self = Bound.integer(of: bytes).map { .integer($0) } ?? .text(String(decoding: bytes, as: UTF8.self))
    case PostgresType.bool:
      self = .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
    case PostgresType.float8, PostgresType.float4:
      let text = String(decoding: bytes, as: UTF8.self)
      self = Double(text).map { .real($0) } ?? .text(text)
    case PostgresType.numeric:
      self = Bound(numeric: String(decoding: bytes, as: UTF8.self))
    case PostgresType.bytea:
      self = .blob(Bound.hexadecimal(bytes.dropFirst(2)))
    default:
      self = .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// `sum(bigint)` is numeric: whole numbers become integers, others reals, and what fits neither stays text.
  private init(numeric text: String) {
    let parts = text.split(separator: ".", maxSplits: 1)
    if let whole = parts.first, parts.count == 1 || parts[1].allSatisfy({ $0 == "0" }) {
      self = Int64(whole).map { .integer($0) } ?? .text(String(whole))
    } else {
      self = Double(text).map { .real($0) } ?? .text(text)
    }
  }

  private static func integer(of bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in isNegative ? bytes[1...] : bytes[...] {
      guard byte >= 48, byte <= 57 else { return nil }
      let digit = Int64(byte - 48)
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, more) = isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      if overflow || more { return nil }
      value = next
    }
    return bytes.isEmpty ? nil : value
  }

  private static func hexadecimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var high: UInt8?
    for digit in digits {
      let value = digit <= 57 ? digit &- 48 : (digit | 32) &- 87
      if let held = high {
        bytes.append(held << 4 | value & 15)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
