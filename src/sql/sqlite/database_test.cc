#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <future>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>

#include "latch/testing/many_threads.h"
#include "sql/sqlite/open.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::sql::sqlite {
namespace {

using namespace std::chrono_literals;

struct QuietLog {
  ManualClock clock{from_millis(0)};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
};

enum class Place { Disk, Memory };

// A database with one table: thing (name unique, size, content).
class TestDatabase {
 public:
  explicit TestDatabase(Place place, const Options& options = {}) {
    auto opened = place == Place::Disk ? open(folder_ / "test.db", options, quiet_.log)
                                       : open_in_memory(options, quiet_.log);
    if (!opened) throw std::runtime_error(opened.error().cause);
    database = *std::move(opened);
    const auto made = database->write([](Transaction& tx) {
      return tx.script(
          "CREATE TABLE thing (name TEXT NOT NULL PRIMARY KEY, size INTEGER, content BLOB, "
          "owner TEXT REFERENCES thing (name) DEFERRABLE INITIALLY DEFERRED) STRICT");
    });
    if (!made) throw std::runtime_error(made.error().cause);
  }
  Result<std::int64_t> insert(const std::string& name, std::int64_t size) {
    return database->write([&](Transaction& tx) { return insert_in(tx, name, size); });
  }
  static Result<std::int64_t> insert_in(Transaction& tx, const std::string& name,
                                        std::int64_t size) {
    return tx.run("INSERT INTO thing (name, size) VALUES ($1, $2)", name, size);
  }
  std::map<std::string, std::int64_t> all() {
    std::map<std::string, std::int64_t> found;
    const auto rows = database->read(
        [](Snapshot& view) { return view.all("SELECT name, size FROM thing ORDER BY name"); });
    if (!rows) throw std::runtime_error(rows.error().cause);
    for (const auto& row : *rows) found[row.text(0)] = row.integer(1);
    return found;
  }

 private:
  TemporaryFolder folder_ = TemporaryFolder::quick();
  QuietLog quiet_;

 public:
  std::unique_ptr<Database> database;
};

using Things = std::map<std::string, std::int64_t>;

class EachPlace : public testing::TestWithParam<Place> {};
INSTANTIATE_TEST_SUITE_P(SqliteDatabase, EachPlace, testing::Values(Place::Disk, Place::Memory),
                         [](const auto& place) {
                           return std::string(place.param == Place::Disk ? "disk" : "memory");
                         });

TEST_P(EachPlace, keeps_what_a_closure_wrote) {
  TestDatabase test(GetParam());
  EXPECT_EQ(test.insert("a", 1).value(), 1);
  EXPECT_EQ(test.all(), (Things{{"a", 1}}));
}

TEST_P(EachPlace, undoes_a_closure_that_returns_an_error) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->write([](Transaction& tx) -> Outcome {
    EXPECT_TRUE(TestDatabase::insert_in(tx, "a", 1));
    return Fault::malformed("no");
  });
  EXPECT_EQ(outcome.error().cause, "no");
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, undoes_a_closure_whose_one_change_returned_its_row) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->write([](Transaction& tx) -> Outcome {
    const auto row =
        tx.one("INSERT INTO thing (name, size) VALUES ($1, $2) RETURNING name", "a", 1);
    EXPECT_EQ((*row)->text(0), "a");
    return Fault::malformed("no");
  });
  EXPECT_EQ(outcome.error().cause, "no");
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, undoes_a_closure_that_throws_and_throws_in_the_caller) {
  TestDatabase test(GetParam());
  const auto work = [](Transaction& tx) -> Outcome {
    EXPECT_TRUE(TestDatabase::insert_in(tx, "a", 1));
    throw std::logic_error("a bug");
  };
  EXPECT_THROW(static_cast<void>(test.database->write(work)), std::logic_error);
  EXPECT_TRUE(test.all().empty());
  EXPECT_TRUE(test.insert("b", 2));
}

TEST_P(EachPlace, lets_a_closure_go_on_after_a_conflict) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->write([](Transaction& tx) -> Outcome {
    EXPECT_TRUE(TestDatabase::insert_in(tx, "a", 1));
    EXPECT_EQ(TestDatabase::insert_in(tx, "a", 2).error().kind, Fault::Kind::Conflict);
    EXPECT_TRUE(TestDatabase::insert_in(tx, "b", 3));
    return {};
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(test.all(), (Things{{"a", 1}, {"b", 3}}));
}

TEST_P(EachPlace, refuses_a_foreign_key_that_is_open_at_the_end_of_a_closure) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->write([](Transaction& tx) -> Outcome {
    EXPECT_TRUE(tx.run("INSERT INTO thing (name, owner) VALUES ($1, $2)", "a", "nobody"));
    return {};
  });
  EXPECT_EQ(outcome.error().kind, Fault::Kind::Conflict);
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, does_not_keep_changes_beside_a_bug_that_the_closure_overlooked) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->write([](Transaction& tx) -> Outcome {
    EXPECT_TRUE(TestDatabase::insert_in(tx, "a", 1));
    static_cast<void>(tx.run("INSERT INTO nowhere (name) VALUES ($1)", "a"));
    return {};
  });
  EXPECT_EQ(outcome.error().kind, Fault::Kind::Broken);
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, binds_a_parameter_by_its_number) {
  TestDatabase test(GetParam());
  const auto row = test.database->read(
      [](Snapshot& view) { return view.one("SELECT $2, $1, $2", "first", "second"); });
  ASSERT_TRUE(row && *row);
  EXPECT_EQ((*row)->text(0), "second");
  EXPECT_EQ((*row)->text(1), "first");
  EXPECT_EQ((*row)->text(2), "second");
}

TEST_P(EachPlace, says_which_query_got_the_wrong_number_of_values) {
  TestDatabase test(GetParam());
  const auto row =
      test.database->read([](Snapshot& view) { return view.one("SELECT $1, $2", "first"); });
  EXPECT_EQ(row.error().kind, Fault::Kind::Broken);
  EXPECT_NE(row.error().cause.find("SELECT $1, $2"), std::string::npos);
}

TEST_P(EachPlace, gives_back_each_type_as_it_was_given) {
  TestDatabase test(GetParam());
  const Bytes octets{0, 1, 255};
  const auto answer = test.database->read([&](Snapshot& view) {
    return view.one("SELECT $1, $2, $3, $4, $5, $6, $7", -7, std::string("te\0xt", 5), octets,
                    std::nullopt, from_millis(1735787045678), Bytes{}, "");
  });
  ASSERT_TRUE(answer && *answer);
  const Row& row = **answer;
  EXPECT_EQ(row.integer(0), -7);
  EXPECT_EQ(row.text(1), std::string("te\0xt", 5));
  EXPECT_EQ(row.blob(2), octets);
  EXPECT_TRUE(row.is_null(3));
  EXPECT_EQ(row.maybe_text(3), std::nullopt);
  EXPECT_EQ(row.time(4), from_millis(1735787045678));
  EXPECT_EQ(row.maybe_blob(5), Bytes{});
  EXPECT_EQ(row.maybe_text(6), "");
  EXPECT_THROW(static_cast<void>(row.text(0)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.integer(7)), std::logic_error);
}

TEST_P(EachPlace, stops_when_the_reader_has_enough) {
  TestDatabase test(GetParam());
  int seen = 0;
  const auto outcome = test.database->read([&](Snapshot& view) {
    return view.each(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", {},
        [&](const Row& row) {
          ++seen;
          return row.integer(0) < 3;
        });
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(seen, 3);
}

TEST_P(EachPlace, runs_a_query_inside_the_same_query) {
  TestDatabase test(GetParam());
  ASSERT_TRUE(test.insert("a", 1));
  ASSERT_TRUE(test.insert("b", 2));
  constexpr std::string_view query = "SELECT name FROM thing ORDER BY name";
  std::string seen;
  const auto outcome = test.database->read([&](Snapshot& view) {
    return view.each(query, {}, [&](const Row& outer) {
      seen += outer.text(0);
      const auto inner = view.all(query);
      for (const auto& row : *inner) seen += row.text(0);
      return true;
    });
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(seen, "aabbab");
}

TEST_P(EachPlace, shows_a_reader_what_was_there_when_it_began) {
  TestDatabase test(GetParam());
  ASSERT_TRUE(test.insert("a", 1));
  const auto outcome = test.database->read([&](Snapshot& view) -> Outcome {
    EXPECT_EQ(view.all("SELECT name FROM thing")->size(), 1U);
    EXPECT_TRUE(test.insert("b", 2));
    EXPECT_EQ(view.all("SELECT name FROM thing")->size(), 1U);
    return {};
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(test.all().size(), 2U);
}

TEST_P(EachPlace, reads_while_a_closure_writes) {
  TestDatabase test(GetParam());
  ASSERT_TRUE(test.insert("a", 1));
  std::promise<void> inserted;
  std::promise<void> was_read;
  std::jthread writer([&] {
    EXPECT_TRUE(test.database->write([&](Transaction& tx) -> Outcome {
      EXPECT_TRUE(TestDatabase::insert_in(tx, "b", 2));
      inserted.set_value();
      was_read.get_future().wait();
      return {};
    }));
  });
  inserted.get_future().wait();
  EXPECT_EQ(test.all().size(), 1U);
  was_read.set_value();
  writer.join();
  EXPECT_EQ(test.all().size(), 2U);
}

TEST_P(EachPlace, keeps_promises_after_the_commit_and_only_then) {
  TestDatabase test(GetParam());
  std::vector<std::string> calls;
  std::vector<std::int64_t> heard;
  auto listening =
      test.database->listen("topic", [&](std::int64_t number) { heard.push_back(number); });
  const auto attempt = [&](const std::string& name, bool keep) {
    return test.database->write([&](Transaction& tx) -> Outcome {
      EXPECT_TRUE(TestDatabase::insert_in(tx, name, 1));
      tx.after_commit(
          [&, name] { calls.push_back(name + " of " + std::to_string(test.all().size())); });
      tx.announce("topic", 7);
      tx.announce("another topic", 8);
      if (!keep) return Fault::malformed("no");
      return {};
    });
  };
  EXPECT_TRUE(attempt("a", true));
  EXPECT_FALSE(attempt("b", false));
  EXPECT_EQ(calls, std::vector<std::string>{"a of 1"});
  EXPECT_EQ(heard, std::vector<std::int64_t>{7});
  listening.reset();
  EXPECT_TRUE(attempt("c", true));
  EXPECT_EQ(heard.size(), 1U);
}

TEST_P(EachPlace, goes_on_when_what_was_to_follow_a_commit_throws) {
  TestDatabase test(GetParam());
  EXPECT_TRUE(test.database->write([](Transaction& tx) {
    tx.after_commit([] { throw std::logic_error("a bug"); });
    return TestDatabase::insert_in(tx, "a", 1);
  }));
  EXPECT_TRUE(test.insert("b", 2));
}

TEST_P(EachPlace, refuses_a_write_inside_a_write) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->write([&](Transaction& tx) -> Result<std::int64_t> {
    EXPECT_TRUE(TestDatabase::insert_in(tx, "a", 1));
    return test.insert("b", 2);
  });
  EXPECT_EQ(outcome.error().kind, Fault::Kind::Broken);
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, keeps_no_more_statements_than_it_may) {
  TestDatabase test(GetParam());
  EXPECT_TRUE(test.database->read([](Snapshot& view) -> Outcome {
    return view.each("SELECT 1", {}, [&](const Row&) {
      for (int i = 0; i < 1500; ++i) {
        const auto number = std::to_string(i);
        EXPECT_EQ((*view.one("SELECT " + number))->integer(0), i);
      }
      return true;
    });
  }));
}

TEST_P(EachPlace, refuses_a_writer_that_finds_the_queue_full) {
  TestDatabase test(GetParam(), {.most_waiting_writes = 1, .longest_wait = 0ms});
  std::promise<void> started;
  std::promise<void> release;
  std::promise<void> refused;
  std::atomic<int> written{0};
  std::jthread first([&] {
    EXPECT_TRUE(test.database->write([&](Transaction& tx) {
      started.set_value();
      release.get_future().wait();
      return TestDatabase::insert_in(tx, "first", 1);
    }));
  });
  started.get_future().wait();
  const auto follow = [&](const std::string& name) {
    const auto outcome = test.insert(name, 1);
    if (outcome) {
      ++written;
    } else {
      EXPECT_EQ(outcome.error().kind, Fault::Kind::Unavailable);
      refused.set_value();
    }
  };
  std::jthread second([&] { follow("second"); });
  std::jthread third([&] { follow("third"); });
  refused.get_future().wait();
  release.set_value();
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(written, 1);
  EXPECT_EQ(test.all().size(), 2U);
}

TEST_P(EachPlace, refuses_a_reader_that_finds_no_connection) {
  TestDatabase test(GetParam(), {.readers = 1, .longest_wait = 0ms});
  const auto outcome = test.database->read([&](Snapshot&) -> Outcome {
    const auto inner = test.database->read([](Snapshot&) { return Outcome{}; });
    EXPECT_EQ(inner.error().kind, Fault::Kind::Unavailable);
    return {};
  });
  EXPECT_TRUE(outcome);
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, gives_the_reader_back_when_a_closure_throws) {
  TestDatabase test(GetParam(), {.readers = 1, .longest_wait = 0ms});
  const auto work = [](Snapshot&) -> Outcome { throw std::logic_error("a bug"); };
  EXPECT_THROW(static_cast<void>(test.database->read(work)), std::logic_error);
  EXPECT_TRUE(test.all().empty());
}

TEST_P(EachPlace, does_not_change_anything_through_a_reader) {
  TestDatabase test(GetParam());
  const auto outcome = test.database->read(
      [](Snapshot& view) { return view.all("DELETE FROM thing RETURNING name"); });
  EXPECT_FALSE(outcome);
}

TEST_P(EachPlace, loses_no_update_of_many_threads) {
  TestDatabase test(GetParam());
  ASSERT_TRUE(test.insert("sum", 0));
  constexpr int kThreads = 8;
  constexpr int kRounds = 50;
  in_threads(kThreads, [&](int /*thread*/) {
    for (int round = 0; round < kRounds; ++round) {
      EXPECT_TRUE(test.database->write([](Transaction& tx) -> Outcome {
        const auto row = tx.one("SELECT size FROM thing WHERE name = $1", "sum");
        const auto next = (*row)->integer(0) + 1;
        EXPECT_TRUE(tx.run("UPDATE thing SET size = $1 WHERE name = $2", next, "sum"));
        return {};
      }));
      EXPECT_EQ(test.all().size(), 1U);
    }
  });
  EXPECT_EQ(test.all(), (Things{{"sum", kThreads * kRounds}}));
}

// A sequence of closures, each of several changes, some of which fail at their end, equals a map
// to which only the good ones are applied.
TEST_P(EachPlace, equals_a_model_after_any_sequence_of_closures) {
  TestDatabase test(GetParam());
  EXPECT_TRUE(rc::check([&] {
    struct Change {
      std::string name;
      std::int64_t size = 0;  // negative: remove
    };
    const auto closures = *rc::gen::container<std::vector<std::vector<Change>>>(
        rc::gen::container<std::vector<Change>>(rc::gen::build<Change>(
            rc::gen::set(&Change::name, rc::gen::element<std::string>("a", "b", "c", "d")),
            rc::gen::set(&Change::size, rc::gen::inRange<std::int64_t>(-2, 9)))));
    ASSERT_TRUE(test.database->write([](Transaction& tx) { return tx.run("DELETE FROM thing"); }));
    Things model;
    for (const auto& closure : closures) {
      const bool good = *rc::gen::weightedElement<bool>({{2, true}, {1, false}});
      Things changed = model;
      const auto outcome = test.database->write([&](Transaction& tx) -> Outcome {
        for (const auto& [name, size] : closure) {
          if (size < 0) {
            RC_ASSERT(*tx.run("DELETE FROM thing WHERE name = $1", name) ==
                      static_cast<std::int64_t>(changed.erase(name)));
            continue;
          }
          const auto inserted = TestDatabase::insert_in(tx, name, size);
          RC_ASSERT(inserted.has_value() == changed.emplace(name, size).second);
        }
        if (!good) return Fault::malformed("no");
        return {};
      });
      RC_ASSERT(outcome.has_value() == good);
      if (good) model = changed;
    }
    RC_ASSERT(test.all() == model);
  }));
}

}  // namespace
}  // namespace everseal::sql::sqlite
