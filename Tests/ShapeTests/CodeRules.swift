/// Time and chance come from `World`; only the files named here read the machine's own.
enum ClockRule {
  static let allowed: [String: String] = [
    "Sources/Tandem/": "makes the live World",
    "Sources/Store/Postgres/PostgresEngine.swift": "waits a random moment before a transaction is tried again",
    "Sources/Web/Serving/SiteResponder.swift": "measures how long a request took",
  ]

  static func breaches(_ tree: SourceTree) -> [String] {
    let clock =
      /\bDate\(\)|\bDate\.now\b|\bUUID\(\)|\.random\(in|\.randomElement\(\)|\.shuffled\(\)|\.shuffle\(\)|\b(Continuous|Suspending)Clock\b|SystemRandomNumberGenerator|\btimeIntervalSinceNow\b|\bclock_gettime\b|\bgettimeofday\b/
    return tree.under("Sources", ending: ".swift").flatMap { file -> [String] in
      if allowed.keys.contains(where: { file.path.hasPrefix($0) }) { return [] }
      return matches(file.code, clock)
    }
  }
}

/// No one waits inside a transaction, so that no call to another machine can stand between a check and its insert.
enum WaitingRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    let waiting = #/\bTransaction\b(?:[^()]|\([^()]*\))*\)\s*async\b/#
    return tree.under("Sources", ending: ".swift").flatMap { matches($0.code, waiting) }
  }
}

/// A trap ends the whole server: nothing is unwrapped by force.
enum ForceRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    let forced =
      #/\btry!|\bas!|[\w\)\]\}>]!(?![=\w])|\bfatalError\(|\bpreconditionFailure\(|\bprecondition\(|\bassertionFailure\(|\bunowned\b/#
    return (tree.under("Sources", ending: ".swift") + tree.under("Tests", ending: ".swift")).flatMap { file in
      matches(file.code, forced)
    }
  }
}

/// Words that have no place in the project: promises instead of work, a particular machine's folders, empty names.
enum WordRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    let words =
      #/\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K]|lorem ips[u]m|A[I]|GP[T]|LL[M]|assis[t]ants?|hel[p]ers?|chat[b]ots?|iss[u]e #?\d+)\b|(?:^|[\s"'=(:`])\/(?:wor[k]|share[d]|hom[e]\/\w|User[s]\/\w)(?:\/|\b)/#
    return tree.files.filter { !isForeign($0.path) }.flatMap { file in matches(file, words) }
  }

  /// A licence and a table of places are quoted as they are.
  static func isForeign(_ path: String) -> Bool { ["LICENSE", "NOTICE", "Package.resolved"].contains(path) || path.hasSuffix(".csv") }
}

/// Types are named by what they are, not by a drawer they were put in.
enum NameRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    let drawer = /\b(?:struct|class|enum|actor|protocol) \w*(?:Manager|Helper|Util|Utils|Utilities|Service)\b/
    return tree.under("Sources", ending: ".swift").flatMap { matches($0.code, drawer) }
  }
}
