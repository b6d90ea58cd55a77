#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "issuance/log/append.h"
#include "keys/vault.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::issuance::log {

// A tree head that the log has put its name to: whoever keeps one can show later that the log was
// changed.
struct Checkpoint {
  Head head;
  TimePoint time;
  Bytes signature;  // ECDSA with SHA-256 over statement()

  // "everseal issuance log\n<size>\n<root, base64>\n<time, ISO 8601>\n"
  std::string statement() const;
  bool signed_by(const crypto::PublicKey& key) const;
};

// The P-256 key of the log, sealed by the vault in the database that it speaks for.
class LogKey {
 public:
  // Makes the key when the log is used for the first time. Broken: another master key, or damage.
  static Result<LogKey> open_or_create(sql::Database& database, const keys::Vault& vault);

  const Bytes& public_key_info() const { return key_.public_key_info(); }
  Result<Checkpoint> sign(const Head& head, TimePoint time) const;

 private:
  explicit LogKey(crypto::PrivateKey key) : key_(std::move(key)) {}
  crypto::PrivateKey key_;
};

// The job that is promised with the first leaf after a checkpoint: its handler calls
// make_checkpoint(). No leaf, no job.
inline constexpr std::string_view checkpoint_job = "log.checkpoint";

// How long after that leaf the job is due; one minute unless it was set.
Outcome set_checkpoint_delay(sql::Database& database, std::chrono::milliseconds delay);

// For append(): promises the checkpoint of a leaf that was logged at this time.
Outcome promise_checkpoint(sql::Transaction& tx, TimePoint logged);

// Signs the tree as it is now and keeps the checkpoint; nothing new to sign: answers the newest.
// The signature is made outside of any transaction; leaves that came meanwhile have the next
// checkpoint promised. To be called by the job, and at the end.
Result<Checkpoint> make_checkpoint(sql::Database& database, const LogKey& key, const Clock& clock);

// The newest one; nothing before the first.
Result<std::optional<Checkpoint>> latest_checkpoint(sql::Snapshot& view);

// Those of this size and above, smallest first, at most so many.
Result<std::vector<Checkpoint>> checkpoints_from(sql::Snapshot& view, std::uint64_t size, int most);

}  // namespace everseal::issuance::log
