/// A name inside an archive, made of folders and a file, that stays inside it.
enum ZipName {
  static let mostBytes = 512

  /// The name as text; nil when it is empty, absolute, leads upwards, or holds what no honest name holds.
  static func read(_ bytes: ArraySlice<UInt8>) -> String? {
    guard (1...mostBytes).contains(bytes.count), let name = String(validating: bytes, as: UTF8.self) else { return nil }
    return isSafe(name) ? name : nil
  }

  static func isSafe(_ name: String) -> Bool {
    if name.hasPrefix("/") || name.contains("\\") || name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return false
    }
    var parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if parts.last == "" { parts.removeLast() }
    if parts.isEmpty || parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) { return false }
    // "C:" and the like name a drive.
    return parts.first.map { !($0.count == 2 && $0.last == ":") } ?? false
  }
}
