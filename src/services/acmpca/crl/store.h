#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "sql/database.h"

// The lists of revoked certificates that a CA signs, and their entries as they stand in them.
namespace everseal::acmpca {

// Where the certificates of a list say it is.
struct NamedPlace {
  std::string key;
  std::string uri;
};

// Between two entries of a list.
struct EntryPosition {
  std::int64_t run = 0;
  std::uint64_t octets = 0;  // of this run before it
};

// The complete CRL that delta CRLs start from.
struct BaseCrl {
  std::int64_t number;
  EntryPosition end;  // of its entries
};

// A list, and what of it was published last.
struct Crl {
  std::int64_t id;
  std::int64_t ca;
  std::string partition;            // a UUID; empty: the complete list
  std::optional<NamedPlace> named;  // every partition has one
  std::optional<BaseCrl> base;      // nothing: the next CRL is a complete one
  std::int64_t number;           // 0: it was never published, and there is nothing of what follows
  std::int64_t complete_number;  // of the last complete one; less than `number`: a delta came after
  TimePoint produced_at;         // this and the rest: of the last complete one
  TimePoint next_update;
  std::string bucket;
  std::string key;
};

Result<std::optional<Crl>> find_crl(sql::Snapshot& view, std::int64_t id);
Result<std::vector<Crl>> crls_of(sql::Snapshot& view, std::int64_t ca);

// The list that was published last at "<key>" or "<bucket>/<key>".
Result<std::optional<Crl>> find_published(sql::Snapshot& view, std::string_view path);

// The list of this partition; nothing if the CA has none of that name.
Result<std::optional<std::int64_t>> find_partition(sql::Snapshot& view, std::int64_t ca,
                                                   std::string_view partition);
// The complete list, which every CA has once somebody asks.
Result<std::int64_t> complete_crl(sql::Transaction& tx, std::int64_t ca);

Result<std::int64_t> add_partition(sql::Transaction& tx, std::int64_t ca,
                                   std::string_view partition, const NamedPlace& place);
Result<std::optional<Crl>> newest_partition(sql::Snapshot& view, std::int64_t ca);
Outcome name_place(sql::Transaction& tx, std::int64_t crl, const NamedPlace& place);

// How many certificates belong to a list.
Result<std::int64_t> certificates_of(sql::Snapshot& view, std::int64_t crl);
// To all lists of the CA but this one.
Result<std::int64_t> certificates_beside(sql::Snapshot& view, std::int64_t ca, std::int64_t crl);
// One more; answers how many there are with it.
Result<std::int64_t> count_certificate(sql::Transaction& tx, std::int64_t crl);
// Counts what the CA ever issued, whatever it belongs to, but no further than a million.
Outcome count_all(sql::Transaction& tx, std::int64_t complete);

// The entry of a certificate that ends then. Rewrites the last run, at most `run_octets`.
inline constexpr std::size_t run_octets = 8000;
Outcome add_entry(sql::Transaction& tx, std::int64_t crl, ByteView entry, TimePoint ends);

// Takes the entries of certificates out that ended before then, of some runs at a time. Whether
// there may be more of them.
Result<bool> drop_ended(sql::Transaction& tx, std::int64_t crl, TimePoint before);

// Behind the last one. It stays there until drop_ended.
Result<EntryPosition> end_of_entries(sql::Snapshot& view, std::int64_t crl);
// How many octets the entries from there on have in all.
Result<std::uint64_t> entries_size(sql::Snapshot& view, std::int64_t crl,
                                   const EntryPosition& from = {});
// Run by run, in the order of revocation, until `use` says false.
Outcome each_run(sql::Snapshot& view, std::int64_t crl, const EntryPosition& from,
                 const std::function<bool(ByteView)>& use);

// What is now in the bucket. Conflict: another one was published since `before` was read.
struct Publication {
  std::int64_t number;
  TimePoint produced_at;
  TimePoint next_update;
  std::string bucket;
  std::string key;
  ByteView digest;  // SHA-256
  std::uint64_t log_position;
  std::optional<EntryPosition> base_end = {};  // there: delta CRLs start from it
};
Outcome record_publication(sql::Transaction& tx, const Crl& before, const Publication& now);

// The same of a delta CRL, of which number, digest and position count. Also Conflict: its base was
// forgotten meanwhile.
Outcome record_delta(sql::Transaction& tx, const Crl& before, const Publication& now);

// The next CRL is a complete one: of this list, of all lists of a CA.
Outcome forget_base(sql::Transaction& tx, std::int64_t crl);
Outcome forget_bases(sql::Transaction& tx, std::int64_t ca);

}  // namespace everseal::acmpca
