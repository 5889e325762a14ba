import Foundation

/// An archive written by hand, that can say of itself whatever a test wants.
struct RawZip {
  struct File {
    var name: String
    var content: [UInt8] = [65]
    /// The inflated size it claims; its true one without.
    var claimed: Int?
    var flags = 0
    var method = 0
    var mode = 0o100644
  }

  let bytes: [UInt8]

  init(_ files: [File], countInEnd: Int? = nil, sharesBytes: Bool = false, large: Bool = false) {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    var first: Int?
    for file in files {
      let name = Array(file.name.utf8)
      let place = sharesBytes ? first ?? body.count : body.count
      first = first ?? body.count
      let common =
        Self.number(20, 2) + Self.number(file.flags, 2) + Self.number(file.method, 2) + Self.number(0, 4) + Self.number(0, 4)
        + Self.number(file.content.count, 4) + Self.number(file.claimed ?? file.content.count, 4) + Self.number(name.count, 2)
        + Self.number(0, 2)
      body += Self.number(0x0403_4B50, 4) + common + name + file.content
      directory += Self.number(0x0201_4B50, 4) + Self.number(0x0314, 2) + common + Self.number(0, 6)
      directory += Self.number(file.mode << 16, 4) + Self.number(place, 4) + name
    }
    let count = countInEnd ?? files.count
    var end: [UInt8] = []
    if count > 0xFFFF || large {
      end += Self.number(0x0606_4B50, 4) + Self.number(44, 8) + Self.number(45, 2) + Self.number(45, 2) + Self.number(0, 8)
      end += Self.number(count, 8) + Self.number(count, 8) + Self.number(directory.count, 8) + Self.number(body.count, 8)
      end += Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(body.count + directory.count, 8) + Self.number(1, 4)
    }
    let short = min(count, 0xFFFF)
    end += Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(short, 2) + Self.number(short, 2)
    end += Self.number(directory.count, 4) + Self.number(body.count, 4) + Self.number(0, 2)
    bytes = body + directory + end
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

extension [UInt8] {
  func firstIndex(ofRun run: [UInt8]) -> Int? { indices.first { self[$0...].starts(with: run) } }
}
