#include "services/acmpca/crl/store.h"

#include <algorithm>

#include "x509/crl_entry.h"

// What crl_of() reads; statements are literals.
#define CRL_COLUMNS                                                                      \
  "id, ca, partition, number, produced_at, next_update, bucket, object_key, named_key, " \
  "named_uri, "                                                                          \
  "base_number, base_run, base_octets"

namespace everseal::acmpca {
namespace {

constexpr std::size_t end_octets = 8;

void append_end(Bytes& ends, TimePoint time) {
  const auto millis = static_cast<std::uint64_t>(to_millis(time));
  for (int shift = 56; shift >= 0; shift -= 8)
    ends.push_back(static_cast<std::uint8_t>(millis >> shift));
}

std::int64_t end_at(ByteView ends, std::size_t index) {
  std::uint64_t millis = 0;
  for (const auto octet : ends.subspan(index * end_octets, end_octets))
    millis = millis << 8 | octet;
  return static_cast<std::int64_t>(millis);
}

struct Run {
  std::int64_t number;
  std::int64_t first_end;
  Bytes ends;
  Bytes entries;
};

Outcome insert(sql::Transaction& tx, std::int64_t crl, const Run& run) {
  const auto written = tx.run(
      "INSERT INTO acmpca_crl_run (crl, run, first_end, ends, entries) VALUES ($1, $2, $3, $4, $5)",
      crl, run.number, run.first_end, run.ends, run.entries);
  if (!written) return written.error();
  return {};
}

Outcome update(sql::Transaction& tx, std::int64_t crl, const Run& run) {
  const auto written = tx.run(
      "UPDATE acmpca_crl_run SET first_end = $3, ends = $4, entries = $5 WHERE crl = $1 AND run = "
      "$2",
      crl, run.number, run.first_end, run.ends, run.entries);
  if (!written) return written.error();
  return {};
}

Outcome remove(sql::Transaction& tx, std::int64_t crl, std::int64_t run) {
  const auto removed = tx.run("DELETE FROM acmpca_crl_run WHERE crl = $1 AND run = $2", crl, run);
  if (!removed) return removed.error();
  return {};
}

Run run_of(const sql::Row& row) {
  return {row.integer(0), row.integer(1), row.blob(2), row.blob(3)};
}

// The same without the entries that ended before then.
Result<Run> without_ended(const Run& run, std::int64_t before) {
  Run left{run.number, 0, {}, {}};
  const auto entries = x509::CrlEntries::parse(run.entries);
  if (!entries) return Fault::broken("a stored run of CRL entries: " + entries.error().cause);
  if (entries->size() * end_octets != run.ends.size())
    return Fault::broken("a stored run of CRL entries: not as many as their ends");
  std::size_t index = 0;
  for (const auto& entry : *entries) {
    const auto end = end_at(run.ends, index++);
    if (end < before) continue;
    left.first_end = left.ends.empty() ? end : std::min(left.first_end, end);
    append_end(left.ends, from_millis(end));
    left.entries.insert(left.entries.end(), entry.der.begin(), entry.der.end());
  }
  return left;
}

std::optional<NamedPlace> named_in(const sql::Row& row) {
  if (row.is_null(8)) return std::nullopt;
  return NamedPlace{row.text(8), row.text(9)};
}

std::optional<BaseCrl> base_in(const sql::Row& row) {
  if (row.is_null(11)) return std::nullopt;
  return BaseCrl{row.integer(10), {row.integer(11), static_cast<std::uint64_t>(row.integer(12))}};
}

Crl crl_of(const sql::Row& row) {
  return {.id = row.integer(0),
          .ca = row.integer(1),
          .partition = row.text(2),
          .named = named_in(row),
          .base = base_in(row),
          .number = row.integer(3),
          .complete_number = row.maybe_integer(10).value_or(row.integer(3)),
          .produced_at = row.maybe_time(4).value_or(TimePoint{}),
          .next_update = row.maybe_time(5).value_or(TimePoint{}),
          .bucket = row.maybe_text(6).value_or(""),
          .key = row.maybe_text(7).value_or("")};
}

using MaybeRow = Result<std::optional<sql::Row>>;

Result<std::optional<Crl>> maybe_crl(const MaybeRow& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<Crl>{};
  return std::optional(crl_of(**row));
}

Result<std::int64_t> number_in(const MaybeRow& row) {
  if (!row) return row.error();
  if (!*row) return Fault::broken("a list of revocations that is not there");
  return (*row)->integer(0);
}

Outcome done(const Result<std::int64_t>& changed) {
  if (!changed) return changed.error();
  return {};
}

Outcome done_unless_newer(const Result<std::int64_t>& changed) {
  if (changed && *changed == 0) return Fault::conflict("a newer CRL was published meanwhile");
  return done(changed);
}

// Where delta CRLs start, NULL if none does.
struct BaseColumns {
  explicit BaseColumns(const Publication& publication) {
    if (!publication.base_end) return;
    run = publication.base_end->run;
    octets = static_cast<std::int64_t>(publication.base_end->octets);
  }
  std::optional<std::int64_t> run, octets;
};

}  // namespace

Result<std::optional<Crl>> find_crl(sql::Snapshot& view, std::int64_t id) {
  return maybe_crl(view.one("SELECT " CRL_COLUMNS " FROM acmpca_crl WHERE id = $1", id));
}

Result<std::optional<Crl>> find_published(sql::Snapshot& view, std::string_view path) {
  const auto by_key =
      maybe_crl(view.one("SELECT " CRL_COLUMNS
                         " FROM acmpca_crl WHERE object_key = $1 ORDER BY produced_at DESC LIMIT 1",
                         path));
  const auto slash = path.find('/');
  if (!by_key || *by_key || slash == path.npos) return by_key;
  return maybe_crl(view.one("SELECT " CRL_COLUMNS
                            " FROM acmpca_crl WHERE object_key = $2 AND bucket = $1 "
                            "ORDER BY produced_at DESC LIMIT 1",
                            path.substr(0, slash), path.substr(slash + 1)));
}

Result<std::vector<Crl>> crls_of(sql::Snapshot& view, std::int64_t ca) {
  const auto rows =
      view.all("SELECT " CRL_COLUMNS " FROM acmpca_crl WHERE ca = $1 ORDER BY id", ca);
  if (!rows) return rows.error();
  std::vector<Crl> crls;
  for (const auto& row : *rows) crls.push_back(crl_of(row));
  return crls;
}

Result<std::optional<std::int64_t>> find_partition(sql::Snapshot& view, std::int64_t ca,
                                                   std::string_view partition) {
  const auto row =
      view.one("SELECT id FROM acmpca_crl WHERE ca = $1 AND partition = $2", ca, partition);
  if (!row) return row.error();
  if (!*row) return std::optional<std::int64_t>{};
  return std::optional((*row)->integer(0));
}

Result<std::int64_t> complete_crl(sql::Transaction& tx, std::int64_t ca) {
  const auto found = find_partition(tx, ca, "");
  if (!found) return found.error();
  if (*found) return **found;
  const auto row = tx.one(
      "INSERT INTO acmpca_crl (ca, partition, certificates, number) VALUES ($1, '', 0, 0) "
      "RETURNING id",
      ca);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::int64_t> add_partition(sql::Transaction& tx, std::int64_t ca,
                                   std::string_view partition, const NamedPlace& place) {
  const auto row = tx.one(
      "INSERT INTO acmpca_crl (ca, partition, certificates, number, named_key, named_uri) "
      "VALUES ($1, $2, 0, 0, $3, $4) RETURNING id",
      ca, partition, place.key, place.uri);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::optional<Crl>> newest_partition(sql::Snapshot& view, std::int64_t ca) {
  return maybe_crl(view.one("SELECT " CRL_COLUMNS
                            " FROM acmpca_crl WHERE ca = $1 AND partition <> '' "
                            "ORDER BY id DESC LIMIT 1",
                            ca));
}

Outcome name_place(sql::Transaction& tx, std::int64_t crl, const NamedPlace& place) {
  const auto changed = tx.run("UPDATE acmpca_crl SET named_key = $2, named_uri = $3 WHERE id = $1",
                              crl, place.key, place.uri);
  if (!changed) return changed.error();
  return {};
}

Result<std::int64_t> certificates_of(sql::Snapshot& view, std::int64_t crl) {
  return number_in(view.one("SELECT certificates FROM acmpca_crl WHERE id = $1", crl));
}

Result<std::int64_t> certificates_beside(sql::Snapshot& view, std::int64_t ca, std::int64_t crl) {
  return number_in(view.one(
      "SELECT COALESCE(SUM(certificates), 0) FROM acmpca_crl WHERE ca = $1 AND id <> $2", ca, crl));
}

Result<std::int64_t> count_certificate(sql::Transaction& tx, std::int64_t crl) {
  return number_in(
      tx.one("UPDATE acmpca_crl SET certificates = certificates + 1 WHERE id = $1 "
             "RETURNING certificates",
             crl));
}

Outcome count_all(sql::Transaction& tx, std::int64_t complete) {
  const auto changed = tx.run(
      "UPDATE acmpca_crl SET certificates = (SELECT COUNT(*) FROM (SELECT 1 FROM "
      "acmpca_certificate WHERE ca = acmpca_crl.ca LIMIT 1000000) AS issued) WHERE id = $1",
      complete);
  if (!changed) return changed.error();
  return {};
}

Outcome add_entry(sql::Transaction& tx, std::int64_t crl, ByteView entry, TimePoint ends) {
  const auto last = tx.one(
      "SELECT run, first_end, ends, entries FROM acmpca_crl_run WHERE crl = $1 "
      "ORDER BY run DESC LIMIT 1",
      crl);
  if (!last) return last.error();
  const auto end = to_millis(ends);
  Run run = *last ? run_of(**last) : Run{0, end, {}, {}};
  const bool is_full = run.entries.size() + entry.size() > run_octets;
  if (is_full) run = {run.number + 1, end, {}, {}};
  run.first_end = std::min(run.first_end, end);
  append_end(run.ends, ends);
  run.entries.insert(run.entries.end(), entry.begin(), entry.end());
  return *last && !is_full ? update(tx, crl, run) : insert(tx, crl, run);
}

Result<bool> drop_ended(sql::Transaction& tx, std::int64_t crl, TimePoint before) {
  constexpr std::size_t at_a_time = 100;
  const auto rows = tx.all(
      "SELECT run, first_end, ends, entries FROM acmpca_crl_run WHERE crl = $1 AND first_end < $2 "
      "LIMIT 100",
      crl, before);
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    const auto left = without_ended(run_of(row), to_millis(before));
    if (!left) return left.error();
    const auto done = left->ends.empty() ? remove(tx, crl, left->number) : update(tx, crl, *left);
    if (!done) return done.error();
  }
  return rows->size() == at_a_time;
}

Result<EntryPosition> end_of_entries(sql::Snapshot& view, std::int64_t crl) {
  const auto row = view.one(
      "SELECT run, LENGTH(entries) FROM acmpca_crl_run WHERE crl = $1 ORDER BY run DESC LIMIT 1",
      crl);
  if (!row) return row.error();
  if (!*row) return EntryPosition{};
  return EntryPosition{(*row)->integer(0), static_cast<std::uint64_t>((*row)->integer(1))};
}

Result<std::uint64_t> entries_size(sql::Snapshot& view, std::int64_t crl,
                                   const EntryPosition& from) {
  const auto row = view.one(
      "SELECT COALESCE(SUM(LENGTH(entries)), 0) FROM acmpca_crl_run WHERE crl = $1 AND run >= $2",
      crl, from.run);
  if (!row) return row.error();
  return static_cast<std::uint64_t>((*row)->integer(0)) - from.octets;
}

Outcome each_run(sql::Snapshot& view, std::int64_t crl, const EntryPosition& from,
                 const std::function<bool(ByteView)>& use) {
  return view.each(
      "SELECT run, entries FROM acmpca_crl_run WHERE crl = $1 AND run >= $2 ORDER BY run",
      {crl, from.run}, [&](const sql::Row& row) {
        const ByteView run = row.blob(1);
        return use(row.integer(0) == from.run ? run.subspan(from.octets) : run);
      });
}

Outcome record_publication(sql::Transaction& tx, const Crl& before, const Publication& now) {
  const BaseColumns base(now);
  const auto changed = tx.run(
      "UPDATE acmpca_crl SET number = $3, produced_at = $4, next_update = $5, bucket = $6, "
      "object_key = $7, digest = $8, log_position = $9, base_number = $3, base_run = $10, "
      "base_octets = $11 WHERE id = $1 AND number = $2",
      before.id, before.number, now.number, now.produced_at, now.next_update, now.bucket, now.key,
      now.digest, now.log_position, base.run, base.octets);
  return done_unless_newer(changed);
}

Outcome record_delta(sql::Transaction& tx, const Crl& before, const Publication& now) {
  const auto changed = tx.run(
      "UPDATE acmpca_crl SET number = $3, digest = $4, log_position = $5 "
      "WHERE id = $1 AND number = $2 AND base_number = $6 AND base_run IS NOT NULL",
      before.id, before.number, now.number, now.digest, now.log_position, before.base->number);
  return done_unless_newer(changed);
}

Outcome forget_base(sql::Transaction& tx, std::int64_t crl) {
  return done(tx.run("UPDATE acmpca_crl SET base_run = NULL WHERE id = $1", crl));
}

Outcome forget_bases(sql::Transaction& tx, std::int64_t ca) {
  return done(tx.run("UPDATE acmpca_crl SET base_run = NULL WHERE ca = $1", ca));
}

}  // namespace everseal::acmpca
