/// A QR code: bytes, error correction level M (a damaged 15 % can be restored), versions 1 to 40.
///
/// Source: ISO/IEC 18004:2015.
public struct QRCode: Sendable, Hashable {
  /// Most bytes a code holds, version 40.
  public static let mostBytes = 2331

  /// 1 to 40.
  public let version: Int
  /// 0 to 7.
  public let mask: Int
  /// Rows of modules from the top, `true` for a dark one; square, without the quiet zone.
  public let modules: [[Bool]]

  /// Modules along one side, 4 · version + 17.
  public var size: Int { modules.count }

  /// The smallest code that holds `bytes`; `nil` for more than ``mostBytes``.
  public init?(_ bytes: some Collection<UInt8>) {
    guard let data = QRData(Array(bytes)) else { return nil }
    version = data.version
    let masked = (0..<8).map { QRMatrix(data, mask: $0) }
    guard let best = masked.min(by: { $0.penalty < $1.penalty }) else { return nil }
    mask = best.mask
    modules = best.rows
  }

  public init?(_ text: String) { self.init(Array(text.utf8)) }

  /// The code as an SVG picture with a quiet zone of 4 modules: one path, no styles, scaled by whoever shows it.
  ///
  /// - Parameter title: what the code leads to, for people who cannot see it.
  public func svg(title: String) -> String {
    var path = ""
    for (y, row) in modules.enumerated() {
      var x = 0
      while x < row.count {
        let run = row[x...].prefix { $0 }.count
        if run > 0 { path += "M\(x + 4) \(y + 4)h\(run)v1h-\(run)z" }
        x += max(run, 1)
      }
    }
    let side = size + 8
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" role="img" shape-rendering="crispEdges">\
      <title>\(Markdown.escaped(title))</title><path d="\(path)"/></svg>
      """
  }
}
