import Foundation
import Kit
import Logging
import Synchronization

/// Log lines on standard error: JSON for machines, plain words on a terminal. Control characters never pass.
enum Logs {
  static func make(_ configuration: Configuration) -> Logger {
    let level = Logger.Level(rawValue: configuration["log.level"]) ?? .info
    let format = configuration["log.format"]
    let isJSON = format.isEmpty ? isatty(STDERR_FILENO) == 0 : format == "json"
    var logger = Logger(label: "tandem") { _ in LineHandler(isJSON: isJSON) }
    logger.logLevel = level
    return logger
  }
}

private struct LineHandler: LogHandler {
  let isJSON: Bool
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata
    all["hb.request.id"] = nil
    all.merge(event.metadata ?? [:]) { _, new in new }
    let time = World.live.now().description
    var line: String
    if isJSON {
      line = "{\"time\":\(quoted(time)),\"level\":\"\(event.level.rawValue)\",\"message\":\(quoted("\(event.message)"))"
      for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += ",\(quoted(key)):\(quoted("\(value)"))" }
      line += "}\n"
    } else {
      line = "\(time.prefix(19)) \(event.level.rawValue) \(clean("\(event.message)"))"
      for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(clean("\(value)"))" }
      line += "\n"
    }
    var bytes = Array(line.utf8)
    bytes.withUnsafeMutableBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private func clean(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 })) }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 32 || scalar.value == 0x2028 || scalar.value == 0x2029:
        out += "\\u" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count)) + String(scalar.value, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
