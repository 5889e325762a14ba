/// Why a zone could not be had.
public enum ZoneError: Error, Sendable, Hashable {
  /// The name is not the shape of an IANA name, or the zone folder has no such file.
  case unknownZone(String)
  /// The file is not a readable TZif file of version 2 or later; the text says what is wrong with it.
  case malformedFile(String)
}
