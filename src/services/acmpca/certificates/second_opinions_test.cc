#include "services/acmpca/certificates/second_opinions.h"

#include <gtest/gtest.h>

#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::csr_for;
using testing::TestCa;

// A CA whose own certificate was looked at already, and who asks OpenSSL from then on.
struct Asking {
  Asking() { ask(); }
  void ask() {
    const auto verdict = opinions.ask();
    ASSERT_TRUE(verdict.has_value());
    EXPECT_FALSE(verdict->next());
  }
  std::string issue() {
    return world.run<IssueCertificate>(world.order(ca, csr_for("app.internal")))->certificate_arn;
  }
  void issue_many(std::size_t count) {
    while (count-- > 0) issue();
  }
  // Another octet at the end of the newest certificate: in its signature.
  void damage_newest() {
    const auto done = world.database->write([](sql::Transaction& tx) -> Outcome {
      const auto row = tx.one("SELECT id, der FROM acmpca_certificate ORDER BY id DESC LIMIT 1");
      auto der = (*row)->blob(1);
      der.back() ^= 1;
      const auto changed =
          tx.run("UPDATE acmpca_certificate SET der = $2 WHERE id = $1", (*row)->integer(0), der);
      if (!changed) return changed.error();
      return {};
    });
    ASSERT_TRUE(done.has_value());
  }

  TestCa world;
  AuthorityArn ca = world.active_root();
  SecondOpinions opinions{*world.database, world.log, /*sample=*/4};
};

TEST(SecondOpinions, are_asked_for_what_was_issued_since_the_last_time) {
  Asking it;
  EXPECT_EQ(it.opinions.counts().asked, 1U);  // the CA's own
  it.issue_many(3);
  it.ask();
  EXPECT_EQ(it.opinions.counts().asked, 4U);
  it.ask();
  EXPECT_EQ(it.opinions.counts().asked, 4U);
  EXPECT_EQ(it.opinions.counts().disagreed, 0U);
}

TEST(SecondOpinions, are_asked_for_no_more_than_a_sample) {
  Asking it;
  it.issue_many(9);
  it.damage_newest();
  it.ask();
  EXPECT_EQ(it.opinions.counts().asked, 1U + 4U);
  EXPECT_EQ(it.opinions.counts().disagreed, 1U);
  SecondOpinions restarted(*it.world.database, it.world.log, /*sample=*/4);
  ASSERT_TRUE(restarted.ask().has_value());
  EXPECT_EQ(restarted.counts().asked, 4U);
  EXPECT_EQ(restarted.counts().disagreed, 1U);
}

TEST(SecondOpinions, that_disagree_are_counted_and_are_errors_in_the_log) {
  Asking it;
  const auto lines = it.world.log_lines.size();
  const auto arn = it.issue();
  it.damage_newest();
  it.ask();
  EXPECT_EQ(it.opinions.counts().disagreed, 1U);
  ASSERT_EQ(it.world.log_lines.size(), lines + 1);
  const auto& line = it.world.log_lines.back();
  EXPECT_NE(line.find(R"("level":"error")"), line.npos) << line;
  EXPECT_NE(line.find("certificate.second_opinion.disagrees"), line.npos) << line;
  EXPECT_NE(line.find(arn), line.npos) << line;
}

}  // namespace
}  // namespace everseal::acmpca
