/// What schema 11 keeps as JSON inside one row, with the keys that Anki asks for.
extension CollectionWriter {
  struct Model: Encodable {
    struct Field: Encodable {
      let name: String
      let ord: Int
      let font = "Arial"
      let size = 20
      let media: [String] = []
      let rtl = false
      let sticky = false
    }

    struct Template: Encodable {
      let name: String
      let ord: Int
      let qfmt: String
      let afmt: String
      let bqfmt = ""
      let bafmt = ""
      let did: Int64? = nil
    }

    let id: Int64
    let name: String
    let type: Int
    let mod: Int64
    let did: Int64
    let flds: [Field]
    let tmpls: [Template]
    let css: String
    let usn = -1
    let sortf = 0
    let vers: [Int] = []
    let tags: [String] = []
    let latexPre = "\\documentclass[12pt]{article}\n\\begin{document}\n"
    let latexPost = "\\end{document}"
  }

  struct NamedDeck: Encodable {
    let id: Int64
    let name: String
    let mod: Int64
    let usn = -1
    let desc = ""
    let dyn = 0
    let conf = 1
    let collapsed = false
    let browserCollapsed = false
    let extendNew = 0
    let extendRev = 0
    let newToday = [0, 0]
    let revToday = [0, 0]
    let lrnToday = [0, 0]
    let timeToday = [0, 0]
  }

  /// The options every deck starts with.
  struct DeckOptions: Encodable {
    struct New: Encodable {
      let delays = [1.0, 10.0]
      let ints = [1, 4, 7]
      let initialFactor = 2500
      let order = 1
      let perDay = 20
      let bury = false
      let separate = true
    }
    struct Review: Encodable {
      let perDay = 200
      let ease4 = 1.3
      let fuzz = 0.05
      let minSpace = 1
      let ivlFct = 1.0
      let maxIvl = 36_500
      let bury = false
    }
    struct Lapse: Encodable {
      let delays = [10.0]
      let mult = 0.0
      let minInt = 1
      let leechFails = 8
      let leechAction = 0
    }
    let id = 1
    let name = "Default"
    let mod = 0
    let usn = 0
    let maxTaken = 60
    let timer = 0
    let autoplay = true
    let replayq = true
    let dyn = false
    let new = New()
    let rev = Review()
    let lapse = Lapse()
  }

  /// Days begin at four in the morning UTC: the zone is that of `created`.
  static let conf =
    """
    {"nextPos":1,"estTimes":true,"activeDecks":[1],"sortType":"noteFld","timeLim":0,"sortBackwards":false,"addToCur":true,"curDeck":1,\
    "newSpread":0,"dueCounts":true,"curModel":null,"collapseTime":1200,"schedVer":2,"sched2021":true,"creationOffset":0}
    """

  static let schema = [
    """
    CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
      dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
      dconf text NOT NULL, tags text NOT NULL)
    """,
    """
    CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
      tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL)
    """,
    """
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
      usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
      factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
      odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL)
    """,
    """
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
      lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL)
    """,
    "CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL)",
    "CREATE INDEX ix_notes_usn ON notes (usn)",
    "CREATE INDEX ix_cards_usn ON cards (usn)",
    "CREATE INDEX ix_revlog_usn ON revlog (usn)",
    "CREATE INDEX ix_cards_nid ON cards (nid)",
    "CREATE INDEX ix_cards_sched ON cards (did, queue, due)",
    "CREATE INDEX ix_revlog_cid ON revlog (cid)",
    "CREATE INDEX ix_notes_csum ON notes (csum)",
  ]

  func models() -> [String: Model] {
    Dictionary(
      uniqueKeysWithValues: deck.noteTypes.values.map { type in
        let model = Model(
          id: type.id, name: type.name, type: type.isCloze ? 1 : 0, mod: modified, did: 1,
          flds: type.fields.enumerated().map { .init(name: $0.element, ord: $0.offset) },
          tmpls: type.templates.enumerated().map {
            .init(name: $0.element.name, ord: $0.offset, qfmt: $0.element.front, afmt: $0.element.back)
          },
          css: type.css)
        return ("\(type.id)", model)
      })
  }

  func decks() -> [String: NamedDeck] {
    var named = deck.decks
    if named[1] == nil { named[1] = "Default" }
    return Dictionary(uniqueKeysWithValues: named.map { ("\($0.key)", NamedDeck(id: $0.key, name: $0.value, mod: modified)) })
  }
}
