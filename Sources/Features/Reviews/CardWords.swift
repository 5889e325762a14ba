import Interchange
import Web

/// The words of a card on a page.
enum CardWords {
  /// Markdown as a page shows it; a sound that came with the card is played there.
  static func html(_ markdown: String, headingShift: Int) -> SafeHTML {
    let html = Markdown.html(markdown, headingShift: headingShift)
    guard html.contains("href=\"/learn/decks/media/") else { return SafeHTML(html) }
    return SafeHTML(
      html.replacing(/<a href="(\/learn\/decks\/media\/[0-9A-Z]+)">♪ ([^<]*)<\/a>/) { sound in
        "<audio controls preload=\"none\" src=\"\(sound.1)\" aria-label=\"\(sound.2)\"></audio>"
      })
  }

  /// On one line, as a list names it.
  static func title(_ markdown: String, to length: Int) -> String { Markdown.words(markdown).shortened(to: length) }
}
