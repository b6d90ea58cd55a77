#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <memory>

#include "clock/clock.h"
#include "crypto/digest.h"
#include "issuance/log/append.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/migrations.h"
#include "issuance/log/proof.h"
#include "issuance/log/verification.h"
#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"

namespace everseal::issuance::log {
namespace {

constexpr std::string_view authority = "arn:aws:acm-pca:us-east-1:111122223333:ca/1";

std::string object_of(std::uint64_t number) { return "certificate/" + std::to_string(number); }
Bytes signed_bytes_of(std::uint64_t number) { return to_bytes("bytes of " + object_of(number)); }

Leaf leaf_of(std::uint64_t number) {
  return {.kind = Leaf::Kind::Certificate,
          .time = from_millis(static_cast<std::int64_t>(1000 + number)),
          .authority = std::string(authority),
          .object = object_of(number),
          .digest = crypto::sha256(signed_bytes_of(number))};
}

// What a service has stored.
class Shelf final : public SignedBytes {
 public:
  std::map<std::string, Answer> answers;
  std::vector<Claim> claims;
  Result<Answer> find(sql::Snapshot&, const Leaf& leaf) override {
    const auto found = answers.find(leaf.object);
    return found == answers.end() ? Answer(Missing{}) : found->second;
  }
  Outcome each(sql::Snapshot&, const std::function<bool(const Claim&)>& use) override {
    for (const auto& claim : claims) {
      if (!use(claim)) break;
    }
    return {};
  }
};

// A log in memory, and a service that stores what is logged.
struct TestLog {
  ManualClock clock{from_millis(1'700'000'000'000)};
  Log lines{clock, LogLevel::Error, [](std::string_view) {}};
  SystemRandom random;
  keys::MasterKey master = keys::MasterKey::in_memory(random);
  keys::Vault vault{master, random};
  std::unique_ptr<sql::Database> database = sql::sqlite::open_in_memory({}, lines).value();
  Shelf shelf;
  std::uint64_t size = 0;

  explicit TestLog(std::uint64_t leaves = 0) {
    if (!sql::migrate(*database, {jobs::migrations(), migrations()})) std::abort();
    grow_to(leaves);
  }

  void grow_to(std::uint64_t wanted) {
    const auto grown = database->write([&](sql::Transaction& tx) -> Outcome {
      for (std::uint64_t number = size; number < wanted; ++number) {
        const auto position = append(tx, leaf_of(number));
        if (!position) return position.error();
        EXPECT_EQ(*position, number);
      }
      return {};
    });
    ASSERT_TRUE(grown);
    for (; size < wanted; ++size) {
      shelf.answers[object_of(size)] = signed_bytes_of(size);
      shelf.claims.push_back(
          {size, Leaf::Kind::Certificate, std::string(authority), object_of(size)});
    }
  }

  template <class... Params>
  void tamper(std::string_view statement, const Params&... params) {
    const auto done = database->write([&](sql::Transaction& tx) -> Outcome {
      const auto changed = tx.run(statement, params...);
      if (!changed) return changed.error();
      EXPECT_GT(*changed, 0);
      return {};
    });
    ASSERT_TRUE(done) << done.error().cause;
  }

  template <class Use>
  auto read(Use&& use) {
    return database->read(std::forward<Use>(use));
  }

  LogKey key() { return LogKey::open_or_create(*database, vault).value(); }
  Checkpoint checkpoint() { return make_checkpoint(*database, key(), clock).value(); }
  Head head() {
    return read([](sql::Snapshot& view) { return current_head(view); }).value();
  }
  Inclusion inclusion(std::uint64_t position, std::uint64_t of) {
    return read([&](sql::Snapshot& view) { return prove_inclusion(view, position, of); }).value();
  }
  Verification verification() {
    const Bytes log_key = key().public_key_info();
    return read([&](sql::Snapshot& view) { return verify(view, shelf, log_key); }).value();
  }
  // Where, and what.
  void expect_bad(std::uint64_t position, std::string_view what) {
    const auto found = verification();
    ASSERT_TRUE(found.first_bad);
    EXPECT_EQ(found.first_bad->position, position);
    EXPECT_NE(found.first_bad->what.find(what), std::string::npos) << found.first_bad->what;
  }
};

TEST(Append, undoes_the_leaf_with_the_transaction) {
  TestLog log(3);
  const Head before = log.head();
  const auto refused = log.database->write([](sql::Transaction& tx) -> Outcome {
    const auto position = append(tx, leaf_of(3));
    EXPECT_TRUE(position);
    return Fault::conflict("no certificate after all");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(log.head(), before);
  log.grow_to(4);
  EXPECT_TRUE(log.verification().is_sound());
}

TEST(Append, refuses_endless_text) {
  TestLog log;
  Leaf leaf = leaf_of(0);
  leaf.object = std::string(2049, 'x');
  EXPECT_FALSE(log.database->write([&](sql::Transaction& tx) { return append(tx, leaf); }));
  EXPECT_EQ(log.head().size, 0U);
}

TEST(Append, writes_one_row_a_leaf_and_one_for_every_256) {
  TestLog log(1100);
  const auto count = [&](std::string_view query) {
    return log.read([&](sql::Snapshot& view) { return view.one(query); }).value()->integer(0);
  };
  EXPECT_EQ(count("SELECT COUNT(*) FROM issuance_log_leaf"), 1100);
  EXPECT_EQ(count("SELECT COUNT(*) FROM issuance_log_tile"), 4);
}

TEST(Proof, of_inclusion_holds_for_every_leaf_in_trees_with_and_without_tiles) {
  TestLog log(600);
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 255U, 256U, 257U, 511U, 513U, 600U}) {
    for (std::uint64_t position = 0; position < size; position += 1 + size / 40) {
      const auto proven = log.inclusion(position, size);
      EXPECT_TRUE(proven.holds()) << position << " of " << size;
      EXPECT_EQ(proven.leaf, leaf_of(position));
    }
  }
}

TEST(Proof, of_inclusion_does_not_hold_for_anything_else) {
  TestLog log(300);
  auto changed = log.inclusion(17, 300);
  changed.leaf.time += std::chrono::milliseconds(1);
  EXPECT_FALSE(changed.holds());
  auto moved = log.inclusion(17, 300);
  moved.position = 18;
  EXPECT_FALSE(moved.holds());
}

TEST(Proof, is_refused_for_what_the_log_never_had) {
  TestLog log(5);
  EXPECT_FALSE(log.read([](sql::Snapshot& view) { return prove_inclusion(view, 5, 5); }));
  EXPECT_FALSE(log.read([](sql::Snapshot& view) { return prove_inclusion(view, 0, 6); }));
  EXPECT_FALSE(log.read([](sql::Snapshot& view) { return prove_consistency(view, 5, 4); }));
  EXPECT_FALSE(log.read([](sql::Snapshot& view) { return prove_consistency(view, 4, 6); }));
  EXPECT_FALSE(log.read([](sql::Snapshot& view) { return find_leaf(view, 5); }).value());
}

RC_GTEST_PROP(Proof, of_consistency_holds_between_any_two_sizes, ()) {
  static TestLog log(600);
  const auto new_size = *rc::gen::inRange<std::uint64_t>(1, 601);
  const auto old_size = *rc::gen::inRange<std::uint64_t>(0, new_size + 1);
  const auto checked = log.read([&](sql::Snapshot& view) -> Result<bool> {
    const auto old_head = head_at(view, old_size).value();
    const auto new_head = head_at(view, new_size).value();
    const auto proof = prove_consistency(view, old_size, new_size).value();
    const bool holds = verify_consistency(old_size, old_head.root, new_size, new_head.root, proof);
    Hash forged = new_head.root;
    forged[0] ^= 1;
    return holds && !verify_consistency(old_size, old_head.root, new_size, forged, proof);
  });
  // Every tree begins with the empty one, whatever it holds.
  RC_ASSERT(old_size == 0 || checked.value());
}

TEST(Checkpoint, is_signed_by_the_key_that_the_vault_keeps) {
  TestLog log(10);
  const auto made = log.checkpoint();
  EXPECT_EQ(made.head, log.head());
  EXPECT_EQ(made.time, log.clock.now());
  const auto verifier = crypto::PublicKey::from_spki(log.key().public_key_info()).value();
  EXPECT_TRUE(made.signed_by(verifier));
  auto forged = made;
  ++forged.head.size;
  EXPECT_FALSE(forged.signed_by(verifier));
}

TEST(Checkpoint, is_not_made_again_for_the_same_tree) {
  TestLog log(10);
  const auto first = log.checkpoint();
  log.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(log.checkpoint().time, first.time);
  log.grow_to(11);
  EXPECT_EQ(log.checkpoint().time, log.clock.now());
}

// When the next checkpoint is due, in milliseconds after 1970; nothing if none is promised.
std::optional<std::int64_t> checkpoint_due(TestLog& log) {
  const auto row = log.read([](sql::Snapshot& view) {
    return view.one("SELECT due FROM jobs_job WHERE kind = $1", checkpoint_job);
  });
  return row.value() ? std::optional(row.value()->integer(0)) : std::nullopt;
}

TEST(Checkpoint, is_promised_with_the_first_leaf_after_one_and_not_again) {
  TestLog log;
  EXPECT_FALSE(checkpoint_due(log));
  log.grow_to(3);
  EXPECT_EQ(checkpoint_due(log), 1000 + 60'000);  // the first leaf is of second 1
  log.tamper("DELETE FROM jobs_job");
  log.grow_to(4);
  EXPECT_FALSE(checkpoint_due(log));
  static_cast<void>(log.checkpoint());
  EXPECT_FALSE(checkpoint_due(log));
  ASSERT_TRUE(set_checkpoint_delay(*log.database, std::chrono::seconds(5)));
  log.grow_to(6);
  EXPECT_EQ(checkpoint_due(log), 1004 + 5'000);
}

TEST(Checkpoint, follows_by_itself_within_a_minute) {
  TestLog log;
  log.clock.set(from_millis(1000));
  const LogKey key = log.key();
  jobs::Runner runner(*log.database, log.clock, log.lines);
  runner.handle(std::string(checkpoint_job), [&](const jobs::Execution&) -> Result<jobs::Verdict> {
    const auto made = make_checkpoint(*log.database, key, log.clock);
    if (!made) return made.error();
    return jobs::Verdict::done();
  });
  const auto run_until = [&](std::int64_t millis) {
    ASSERT_TRUE(runner.run_until(from_millis(millis), [&](TimePoint time) -> Outcome {
      log.clock.set(time);
      return {};
    }));
  };
  const auto signed_size = [&] {
    const auto newest = log.read([](sql::Snapshot& view) { return latest_checkpoint(view); });
    return newest.value() ? newest.value()->head.size : 0;
  };
  log.grow_to(300);
  run_until(60'999);
  EXPECT_EQ(signed_size(), 0U);
  run_until(61'000);
  EXPECT_EQ(signed_size(), 300U);
  EXPECT_FALSE(checkpoint_due(log));
  log.grow_to(301);
  run_until(62'000 + 60'000);
  EXPECT_EQ(signed_size(), 301U);
}

// A certificate is issued in the moment in which the head is signed.
class BusyClock final : public Clock {
 public:
  explicit BusyClock(TestLog& log) : log_(log) {}
  TimePoint now() const override {
    log_.grow_to(log_.size + 1);
    return log_.clock.now();
  }

 private:
  TestLog& log_;
};

TEST(Checkpoint, has_the_next_one_promised_if_leaves_came_while_it_was_signed) {
  TestLog log(5);
  log.tamper("DELETE FROM jobs_job");
  const auto made = make_checkpoint(*log.database, log.key(), BusyClock(log));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->head.size, 5U);
  EXPECT_EQ(log.head().size, 6U);
  EXPECT_EQ(checkpoint_due(log), to_millis(log.clock.now()) + 60'000);
}

TEST(LogKey, stays_the_same_and_opens_under_its_master_key_only) {
  TestLog log;
  EXPECT_EQ(log.key().public_key_info(), log.key().public_key_info());
  const auto other_master = keys::MasterKey::in_memory(log.random);
  const keys::Vault other(other_master, log.random);
  const auto refused = LogKey::open_or_create(*log.database, other);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().cause.find("master key"), std::string::npos);
}

TEST(Verification, finds_a_sound_log_sound) {
  TestLog log;
  EXPECT_TRUE(log.verification().is_sound());
  static_cast<void>(log.checkpoint());
  log.grow_to(700);
  static_cast<void>(log.checkpoint());
  log.grow_to(1300);
  static_cast<void>(log.checkpoint());
  const auto found = log.verification();
  EXPECT_TRUE(found.is_sound()) << found.first_bad->what;
  EXPECT_EQ(found.head, log.head());
  EXPECT_EQ(found.compared, 1300U);
  EXPECT_EQ(found.claims, 1300U);
  EXPECT_EQ(found.checkpoints, 3U);
}

// Logs one more signature, of another kind than certificates.
void log_also(TestLog& log, Leaf::Kind kind, const std::string& object) {
  Leaf leaf = leaf_of(log.size);
  leaf.kind = kind;
  leaf.object = object;
  const auto added = log.database->write([&](sql::Transaction& tx) { return append(tx, leaf); });
  ASSERT_TRUE(added);
  ++log.size;
}

TEST(Verification, counts_crls_that_newer_ones_superseded) {
  TestLog log(3);
  log_also(log, Leaf::Kind::Crl, "crl/1");
  log_also(log, Leaf::Kind::Crl, "crl/2");
  log.shelf.answers["crl/1"] = SignedBytes::Discarded{};
  log.shelf.answers["crl/2"] = signed_bytes_of(4);
  const auto found = log.verification();
  EXPECT_TRUE(found.is_sound()) << found.first_bad->what;
  EXPECT_EQ(found.discarded, 1U);
  EXPECT_EQ(found.compared, 4U);
  log.tamper("UPDATE issuance_log_leaf SET digest = root WHERE position = 3");
  log.expect_bad(3, "leaf");
}

TEST(Verification, takes_nothing_but_a_crl_as_superseded) {
  for (const auto kind : {Leaf::Kind::Certificate, Leaf::Kind::OcspSigner, Leaf::Kind::Import}) {
    TestLog log(3);
    log_also(log, kind, "object/1");
    log.shelf.answers["object/1"] = SignedBytes::Discarded{};
    log.expect_bad(3, std::string(to_string(kind)) + " object/1 is missing");
  }
}

TEST(Verification, names_the_leaf_whose_certificate_was_changed_or_lost) {
  TestLog log(20);
  log.shelf.answers[object_of(9)] = to_bytes("another certificate");
  log.expect_bad(9, "certificate/9 is not the one");
  log.shelf.answers.erase(object_of(4));
  log.expect_bad(4, "is missing");
}

TEST(Verification, names_what_is_stored_and_was_never_logged) {
  TestLog log(20);
  const auto claim = [&](std::uint64_t position, std::uint64_t number) {
    log.shelf.claims.back() = {position, Leaf::Kind::Certificate, std::string(authority),
                               object_of(number)};
  };
  claim(19, 500);
  log.expect_bad(19, "certificate/500 is stored, but this is not its leaf");
  claim(700, 19);
  log.expect_bad(700, "certificate/19 is stored");
  claim(18, 19);
  log.expect_bad(18, "certificate/19 is stored");
  claim(19, 19);
  EXPECT_TRUE(log.verification().is_sound());
  log.shelf.claims.back().kind = Leaf::Kind::Import;
  EXPECT_FALSE(log.verification().is_sound());
}

TEST(Verification, names_the_leaf_that_was_changed_in_any_column) {
  const std::string_view changes[] = {
      "UPDATE issuance_log_leaf SET kind = 2 WHERE position = 7",
      "UPDATE issuance_log_leaf SET kind = 77 WHERE position = 7",
      "UPDATE issuance_log_leaf SET time = time + 1 WHERE position = 7",
      "UPDATE issuance_log_leaf SET authority = 'someone else' WHERE position = 7",
      "UPDATE issuance_log_leaf SET object = 'certificate/8' WHERE position = 7",
      "UPDATE issuance_log_leaf SET digest = root WHERE position = 7",
      "UPDATE issuance_log_leaf SET digest = x'00' WHERE position = 7",
      "UPDATE issuance_log_leaf SET root = digest WHERE position = 7",
      "DELETE FROM issuance_log_leaf WHERE position = 7",
  };
  for (const auto change : changes) {
    TestLog log(20);
    log.tamper(change);
    SCOPED_TRACE(change);
    log.expect_bad(7, "leaf");
  }
}

TEST(Verification, names_the_first_of_two_leaves_that_changed_places) {
  TestLog log(20);
  log.tamper("UPDATE issuance_log_leaf SET position = 100 WHERE position = 7");
  log.tamper("UPDATE issuance_log_leaf SET position = 7 WHERE position = 8");
  log.tamper("UPDATE issuance_log_leaf SET position = 8 WHERE position = 100");
  log.expect_bad(7, "leaf");
}

TEST(Verification, notices_that_the_end_was_cut_off) {
  TestLog log(20);
  log.tamper("DELETE FROM issuance_log_leaf WHERE position = 19");
  log.expect_bad(19, "missing");
}

TEST(Verification, notices_by_a_checkpoint_that_the_end_was_cut_off_with_care) {
  TestLog log(20);
  static_cast<void>(log.checkpoint());
  const Bytes frontier_of_19 = [] {
    TestLog shorter(19);
    return shorter
        .read([](sql::Snapshot& view) { return view.one("SELECT frontier FROM issuance_log"); })
        .value()
        ->blob(0);
  }();
  log.tamper("DELETE FROM issuance_log_leaf WHERE position = 19");
  log.tamper("UPDATE issuance_log SET size = 19, frontier = $1", frontier_of_19);
  log.expect_bad(19, "shorter than a checkpoint");
}

TEST(Verification, notices_by_a_checkpoint_that_everything_was_rewritten) {
  TestLog log(20);
  static_cast<void>(log.checkpoint());
  log.tamper("DELETE FROM issuance_log_leaf");
  log.tamper("UPDATE issuance_log SET size = 0, frontier = x''");
  const auto rewritten = log.database->write([&](sql::Transaction& tx) -> Outcome {
    for (std::uint64_t number = 0; number < 20; ++number) {
      Leaf leaf = leaf_of(number);
      leaf.time += std::chrono::milliseconds(number == 3 ? 1 : 0);
      if (const auto position = append(tx, leaf); !position) return position.error();
    }
    return {};
  });
  ASSERT_TRUE(rewritten);
  log.expect_bad(20 - 1, "another log");
}

TEST(Verification, notices_a_checkpoint_that_is_not_the_logs_own) {
  TestLog log(20);
  static_cast<void>(log.checkpoint());
  log.tamper("UPDATE issuance_log_checkpoint SET time = time + 1");
  log.expect_bad(19, "not the log's own");
}

TEST(Verification, notices_a_changed_tile_and_a_changed_state) {
  TestLog log(300);
  log.tamper("UPDATE issuance_log_tile SET hash = $1", ByteView(empty_root()));
  log.expect_bad(255, "tile");
  TestLog other(300);
  other.tamper("UPDATE issuance_log SET size = size + 1, frontier = $1", Bytes(32 * 5));
  other.expect_bad(300, "missing");
  TestLog third(300);
  third.tamper("UPDATE issuance_log SET frontier = $1", Bytes(32 * 4));
  third.expect_bad(300, "not that of its leaves");
}

TEST(Append, tells_of_a_damaged_state_instead_of_going_on) {
  TestLog log(10);
  log.tamper("UPDATE issuance_log SET frontier = x''");
  const auto refused =
      log.database->write([](sql::Transaction& tx) { return append(tx, leaf_of(10)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Fault::Kind::Broken);
}

}  // namespace
}  // namespace everseal::issuance::log
