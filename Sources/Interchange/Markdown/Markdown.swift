import CMarkdown

/// CommonMark to harmless HTML.
///
/// Raw HTML is dropped, links lead to http, https, mailto or a path of this site, images come from this site only.
/// Source: CommonMark 0.29 as implemented by libcmark-gfm, without its extensions.
public enum Markdown {
  /// Largest text rendered, in bytes.
  public static let largestText = 100_000
  /// Deepest nesting rendered, blocks and inlines together.
  public static let deepestNesting = 64
  /// Most opening brackets rendered; the library needs quadratic time for some unclosed ones.
  public static let mostBrackets = 4_000

  /// Why a text is not rendered.
  public enum Refusal: Error, Sendable, Hashable {
    case tooLong
    case tooDeep
    case tooManyBrackets

    public var text: String {
      switch self {
      case .tooLong: "The text is longer than 100 kB."
      case .tooDeep: "The text nests quotes, lists or emphasis more than 64 levels deep."
      case .tooManyBrackets: "The text holds more than 4000 opening brackets or link marks."
      }
    }
  }

  /// The HTML of `source`. Total on any text; a text that ``render(_:headingShift:)`` refuses is shown as typed.
  ///
  /// - Parameter headingShift: added to every heading level; the result stays between 1 and 6.
  public static func html(_ source: String, headingShift: Int = 0) -> String {
    do throws(Refusal) {
      return try render(source, headingShift: headingShift)
    } catch {
      return "<p>\(escaped(source))</p>\n"
    }
  }

  /// The HTML of `source`, or the reason for not rendering it. At most 100 ms for the largest text.
  public static func render(_ source: String, headingShift: Int = 0) throws(Refusal) -> String {
    guard source.utf8.count <= largestText else { throw .tooLong }
    try MarkdownLimits.check(source)
    guard let document = parsed(source) else { throw .tooDeep }
    defer { cmark_node_free(document) }
    guard depth(of: document) <= deepestNesting else { throw .tooDeep }
    for node in nodes(of: document) { makeHarmless(node, headingShift: headingShift) }
    guard let html = cmark_render_html(document, CMARK_OPT_DEFAULT, nil) else { throw .tooLong }
    defer { cmark_get_default_mem_allocator().pointee.free(html) }
    return String(cString: html)
  }

  /// The words of `source` on one line, without any mark: for titles and lists. A picture is its description. Total on any text.
  public static func words(_ source: String) -> String {
    guard source.utf8.count <= largestText, (try? MarkdownLimits.check(source)) != nil, let document = parsed(source) else { return source }
    defer { cmark_node_free(document) }
    guard depth(of: document) <= deepestNesting else { return source }
    for node in nodes(of: document) where isRawHTML(node) { cmark_node_free(node) }
    guard let text = cmark_render_plaintext(document, CMARK_OPT_DEFAULT, 0) else { return source }
    defer { cmark_get_default_mem_allocator().pointee.free(text) }
    return String(cString: text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The lines (1 for the first) on which raw HTML stands that ``html(_:headingShift:)`` drops.
  public static func linesWithRawHTML(_ source: String) -> [Int] {
    guard source.utf8.count <= largestText, (try? MarkdownLimits.check(source)) != nil, let document = parsed(source) else { return [] }
    defer { cmark_node_free(document) }
    var lines: [Int] = []
    for node in nodes(of: document) where isRawHTML(node) {
      let line = Int(cmark_node_get_start_line(node))
      if line > 0, lines.last != line { lines.append(line) }
    }
    return lines
  }

  private static func parsed(_ source: String) -> OpaquePointer? {
    var source = source
    return source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT) }
    }
  }

  private static func depth(of document: OpaquePointer) -> Int {
    guard let iterator = cmark_iter_new(document) else { return .max }
    defer { cmark_iter_free(iterator) }
    var (depth, deepest) = (0, 0)
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return deepest }
      // A leaf has no exit event.
      guard cmark_node_first_child(cmark_iter_get_node(iterator)) != nil else { continue }
      depth += event == CMARK_EVENT_ENTER ? 1 : -1
      deepest = max(deepest, depth)
    }
  }

  /// All nodes, parents before children, so that a change to one cannot confuse the walk.
  private static func nodes(of document: OpaquePointer) -> [OpaquePointer] {
    guard let iterator = cmark_iter_new(document) else { return [] }
    defer { cmark_iter_free(iterator) }
    var nodes: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return nodes }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { nodes.append(node) }
    }
  }

  private static func isRawHTML(_ node: OpaquePointer) -> Bool {
    let type = cmark_node_get_type(node)
    return type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE
  }

  private static func makeHarmless(_ node: OpaquePointer, headingShift: Int) {
    let type = cmark_node_get_type(node)
    if isRawHTML(node) {
      cmark_node_free(node)
    } else if type == CMARK_NODE_HEADING {
      let (level, overflow) = Int(cmark_node_get_heading_level(node)).addingReportingOverflow(headingShift)
      cmark_node_set_heading_level(node, Int32(overflow ? 6 : min(max(level, 1), 6)))
    } else if type == CMARK_NODE_LINK, !MarkdownAddress.isAllowedLink(address(of: node)) {
      replaceByContent(node)
    } else if type == CMARK_NODE_IMAGE, !MarkdownAddress.isAllowedImage(address(of: node)) {
      replaceByContent(node)
    }
  }

  /// The address, or nothing for one longer than browsers follow: a reference may repeat a huge one thousands of times.
  private static func address(of node: OpaquePointer) -> String {
    guard let url = cmark_node_get_url(node) else { return "" }
    let longest = 2_000
    var length = 0
    while length <= longest, url[length] != 0 { length += 1 }
    return length > longest ? "" : String(cString: url)
  }

  private static func replaceByContent(_ node: OpaquePointer) {
    while let child = cmark_node_first_child(node) {
      guard cmark_node_insert_before(node, child) == 1 else { break }
    }
    cmark_node_free(node)
  }

  static func escaped(_ text: String) -> String {
    var html: [UInt8] = []
    html.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): html += "&amp;".utf8
      case UInt8(ascii: "<"): html += "&lt;".utf8
      case UInt8(ascii: ">"): html += "&gt;".utf8
      case Ascii.quote: html += "&quot;".utf8
      case 0: html += "\u{FFFD}".utf8
      default: html.append(byte)
      }
    }
    return String(decoding: html, as: UTF8.self)
  }
}
