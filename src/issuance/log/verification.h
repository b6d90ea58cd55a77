#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "encoding/bytes.h"
#include "issuance/log/append.h"
#include "issuance/log/leaf.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::issuance::log {

// Given by the services, which keep what was signed: the log stands below them.
class SignedBytes {
 public:
  struct Missing {};  // it should be there, and is not
  // It was signed, and a newer one superseded it: nobody keeps its octets. For CRLs only; anything
  // else would be missing.
  struct Discarded {};
  using Answer = std::variant<Bytes, Missing, Discarded>;

  virtual ~SignedBytes() = default;
  virtual Result<Answer> find(sql::Snapshot& view, const Leaf& leaf) = 0;

  // What a service has beside something it keeps: which leaf speaks of it.
  struct Claim {
    std::uint64_t position;
    Leaf::Kind kind;
    std::string authority;
    std::string object;
  };
  // Everything that is kept, each with its claim, until `use` says false.
  virtual Outcome each(sql::Snapshot& view, const std::function<bool(const Claim&)>& use) = 0;
};

// What was wrong first, from the beginning of the log on.
struct BadLeaf {
  std::uint64_t position;
  std::string what;  // one sentence: "the stored certificate is not the one that was logged"
};

struct Verification {
  Head head;                    // recomputed from the leaves
  std::uint64_t compared = 0;   // leaves whose signed bytes were found and hashed
  std::uint64_t discarded = 0;  // leaves of CRLs that newer ones superseded
  std::uint64_t claims = 0;     // things that are kept and were found in the log
  std::uint64_t checkpoints = 0;
  std::optional<BadLeaf> first_bad;

  bool is_sound() const { return !first_bad; }
};

// Recomputes everything from the leaves: every leaf's hash, the root after every leaf, the tiles,
// the frontier, and compares them with what is stored, with the signed bytes and with every
// checkpoint, whose signatures are verified; then whether all that is kept was logged, in its own
// leaf. In constant memory; about fifteen seconds for a million leaves. `log_key` is the
// SubjectPublicKeyInfo of the LogKey, as the vault has it. Errors are those of the database: a log
// that is wrong is an answer.
Result<Verification> verify(sql::Snapshot& view, SignedBytes& signed_bytes, ByteView log_key);

}  // namespace everseal::issuance::log
