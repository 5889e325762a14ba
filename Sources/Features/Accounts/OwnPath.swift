/// A path of this installation that somebody is sent to after signing in. Anything that could lead elsewhere becomes the front page.
enum OwnPath {
  static func checked(_ path: String?) -> String {
    guard let path, path.utf8.count <= 2000, path.hasPrefix("/"), !path.hasPrefix("//"),
      !path.utf8.contains(where: { $0 < 33 || $0 == UInt8(ascii: "\\") || $0 == 127 })
    else { return "/" }
    return path
  }

  /// The path, if it is an invitation's: whoever comes from there has nothing to sign in to yet.
  static func invitation(_ path: String?) -> String? {
    let path = checked(path)
    return path.hasPrefix("/join/") ? path : nil
  }

  /// The same as a query, empty for the front page.
  static func query(_ path: String?) -> String {
    let path = checked(path)
    return path == "/" ? "" : "?return=" + QueryText.escape(path)
  }
}
