#include "issuance/log/checkpoint.h"

#include "clock/time_text.h"
#include "encoding/base64.h"
#include "issuance/log/rows.h"
#include "jobs/jobs.h"

namespace everseal::issuance::log {
namespace {

constexpr auto algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
constexpr std::string_view key_context = "key of the issuance log";

Result<std::optional<Bytes>> sealed_key(sql::Snapshot& view) {
  const auto row = view.one("SELECT sealed FROM issuance_log_key WHERE id = 1");
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>{};
  return std::optional((*row)->blob(0));
}

// The one that is there, or this one: of two nodes that begin at once, one is first.
Result<Bytes> keep_first(sql::Database& database, const Bytes& made) {
  return database.write([&](sql::Transaction& tx) -> Result<Bytes> {
    const auto stored = tx.run(
        "INSERT INTO issuance_log_key (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
        made);
    if (!stored) return stored.error();
    const auto kept = sealed_key(tx);
    if (!kept) return kept.error();
    if (!*kept) return damaged("its key is missing");
    return **kept;
  });
}

Result<Bytes> make_key(sql::Database& database, const keys::Vault& vault) {
  const auto key = crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256);
  if (!key) return key.error();
  const auto sealed = vault.seal(key->to_pkcs8(), key_context);
  if (!sealed) return sealed.error();
  return keep_first(database, *sealed);
}

Result<Checkpoint> read_checkpoint(const sql::Row& row) {
  const auto root = as_hash(row.blob(1));
  if (!root) return damaged("a checkpoint cannot be read");
  return Checkpoint{{static_cast<std::uint64_t>(row.integer(0)), *root}, row.time(2), row.blob(3)};
}

// The promise is kept if no leaf came since the newest signed head, which need not be this one.
Outcome settle_promise(sql::Transaction& tx, const Checkpoint& checkpoint) {
  const auto kept = tx.run(
      "UPDATE issuance_log SET checkpoint_promised = 0 "
      "WHERE id = 1 AND size = (SELECT MAX(size) FROM issuance_log_checkpoint)");
  if (!kept) return kept.error();
  if (*kept == 0) return promise_checkpoint(tx, checkpoint.time);
  return {};
}

Outcome store(sql::Database& database, const Checkpoint& checkpoint) {
  return database.write([&](sql::Transaction& tx) -> Outcome {
    const auto stored = tx.run(
        "INSERT INTO issuance_log_checkpoint (size, root, time, signature) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (size) DO NOTHING",
        checkpoint.head.size, ByteView(checkpoint.head.root), checkpoint.time,
        checkpoint.signature);
    if (!stored) return stored.error();
    return settle_promise(tx, checkpoint);
  });
}

Result<std::int64_t> checkpoint_delay(sql::Snapshot& view) {
  const auto row = view.one("SELECT checkpoint_within FROM issuance_log WHERE id = 1");
  if (!row) return row.error();
  if (!*row) return damaged("its state is missing");
  return (*row)->integer(0);
}

struct Situation {
  Head head;
  std::optional<Checkpoint> newest;
};

Result<Situation> look(sql::Database& database) {
  return database.read([](sql::Snapshot& view) -> Result<Situation> {
    const auto head = current_head(view);
    if (!head) return head.error();
    auto newest = latest_checkpoint(view);
    if (!newest) return newest.error();
    return Situation{*head, *std::move(newest)};
  });
}

}  // namespace

std::string Checkpoint::statement() const {
  return "everseal issuance log\n" + std::to_string(head.size) + "\n" +
         encoding::to_base64(head.root) + "\n" + to_iso8601_millis(time) + "\n";
}

bool Checkpoint::signed_by(const crypto::PublicKey& key) const {
  return key.verify(algorithm, as_bytes(statement()), signature);
}

Result<LogKey> LogKey::open_or_create(sql::Database& database, const keys::Vault& vault) {
  auto found = database.read([](sql::Snapshot& view) { return sealed_key(view); });
  if (!found) return found.error();
  const auto sealed = *found ? Result<Bytes>(**std::move(found)) : make_key(database, vault);
  if (!sealed) return sealed.error();
  const auto pkcs8 = vault.open(*sealed, key_context);
  if (!pkcs8) return pkcs8.error();
  auto key = crypto::PrivateKey::from_pkcs8(pkcs8->reveal());
  if (!key) return damaged("its key is none");
  return LogKey(*std::move(key));
}

Result<Checkpoint> LogKey::sign(const Head& head, TimePoint time) const {
  Checkpoint checkpoint{head, time, {}};
  auto signature = key_.sign(algorithm, as_bytes(checkpoint.statement()));
  if (!signature) return signature.error();
  checkpoint.signature = *std::move(signature);
  return checkpoint;
}

Outcome set_checkpoint_delay(sql::Database& database, std::chrono::milliseconds delay) {
  const auto now = database.read([](sql::Snapshot& view) { return checkpoint_delay(view); });
  if (!now) return now.error();
  if (*now == delay.count()) return {};
  return database.write([&](sql::Transaction& tx) -> Outcome {
    const auto set =
        tx.run("UPDATE issuance_log SET checkpoint_within = $1 WHERE id = 1", delay.count());
    if (!set) return set.error();
    return {};
  });
}

Outcome promise_checkpoint(sql::Transaction& tx, TimePoint logged) {
  const auto delay = checkpoint_delay(tx);
  if (!delay) return delay.error();
  const auto noted = tx.run("UPDATE issuance_log SET checkpoint_promised = 1 WHERE id = 1");
  if (!noted) return noted.error();
  return jobs::add(tx, {.kind = std::string(checkpoint_job),
                        .key = {},
                        .due = logged + std::chrono::milliseconds(*delay),
                        .payload = {}});
}

Result<Checkpoint> make_checkpoint(sql::Database& database, const LogKey& key, const Clock& clock) {
  auto now = look(database);
  if (!now) return now.error();
  if (now->newest && now->newest->head.size == now->head.size) return *std::move(now->newest);
  auto made = key.sign(now->head, clock.now());
  if (!made) return made;
  if (const auto stored = store(database, *made); !stored) return stored.error();
  return made;
}

Result<std::optional<Checkpoint>> latest_checkpoint(sql::Snapshot& view) {
  const auto row = view.one(
      "SELECT size, root, time, signature FROM issuance_log_checkpoint ORDER BY size DESC LIMIT 1");
  if (!row) return row.error();
  if (!*row) return std::optional<Checkpoint>{};
  auto checkpoint = read_checkpoint(**row);
  if (!checkpoint) return checkpoint.error();
  return std::optional(*std::move(checkpoint));
}

Result<std::vector<Checkpoint>> checkpoints_from(sql::Snapshot& view, std::uint64_t size,
                                                 int most) {
  const auto rows = view.all(
      "SELECT size, root, time, signature FROM issuance_log_checkpoint WHERE size >= $1 "
      "ORDER BY size LIMIT $2",
      size, most);
  if (!rows) return rows.error();
  std::vector<Checkpoint> checkpoints;
  for (const auto& row : *rows) {
    auto checkpoint = read_checkpoint(row);
    if (!checkpoint) return checkpoint.error();
    checkpoints.push_back(*std::move(checkpoint));
  }
  return checkpoints;
}

}  // namespace everseal::issuance::log
