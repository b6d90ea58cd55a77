#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "services/acmpca/operations/describe_bulk_revocation.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/start_bulk_revocation.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/publication/crl_publisher.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/crl.h"

namespace everseal::acmpca {
namespace {

using namespace std::chrono_literals;
using testing::csr_for;
using testing::TestCa;

// A CA that publishes a CRL, and has issued its own certificate.
struct World : TestCa {
  AuthorityArn ca = active_root();

  World() {
    const CrlConfiguration crl{.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
    EXPECT_TRUE(run<UpdateCertificateAuthority>(
        {ca, RevocationConfiguration{.crl_configuration = crl}, std::nullopt}));
    now();
  }
  void now() { run_jobs_until(clock.now()); }
  x509::Certificate leaf(std::int64_t for_days = 365) {
    return issue(
        order(ca, csr_for("app.internal"), "EndEntityCertificate", testing::days(for_days)));
  }
  std::set<std::string> leaves(int count) {
    std::set<std::string> serials;
    for (int i = 0; i < count; ++i) serials.insert(leaf().serial().hex());
    return serials;
  }
  BulkRevocationProgress start() {
    return run<StartBulkRevocation>({ca, RevocationReason::KeyCompromise}).value();
  }
  BulkRevocationProgress look() { return run<DescribeBulkRevocation>({ca}).value(); }
  std::set<std::string> listed() {
    const auto der = bucket.find("crls/crl/" + std::string(ca.uuid()) + ".crl").value().content;
    std::set<std::string> serials;
    const auto crl = x509::Crl::parse(der);
    for (const auto& entry : crl->entries())
      serials.insert(x509::SerialNumber::from_octets(entry.serial)->hex());
    return serials;
  }
};

TEST(BulkRevocation, revokes_all_that_the_ca_issued_and_puts_it_on_the_crl) {
  World world;
  const auto other = world.active_root("Another Root");
  world.issue(world.order(other, csr_for("app.internal")));
  const auto serials = world.leaves(600);
  const auto begun = world.start();
  EXPECT_EQ(begun.certificates, 601);
  EXPECT_EQ(begun.looked_at, 0);
  EXPECT_FALSE(begun.ended_at);
  world.now();
  const auto ended = world.look();
  EXPECT_TRUE(ended.ended_at);
  EXPECT_EQ(ended.revoked, 600);
  EXPECT_EQ(ended.skipped, 1);  // the root itself
  EXPECT_EQ(ended.looked_at, 601);
  EXPECT_EQ(ended.requested_by, "arn:aws:iam::111122223333:root");
  EXPECT_EQ(world.listed(), serials);
}

TEST(BulkRevocation, publishes_the_crl_some_times_and_not_with_each_batch) {
  World world;
  world.leaves(600);
  const auto before = world.crl_publisher.counts().published;
  world.start();
  world.now();
  EXPECT_LE(world.crl_publisher.counts().published, before + 2);
}

TEST(BulkRevocation, leaves_alone_what_is_revoked_or_expired) {
  World world;
  const auto expired = world.leaf(1);
  const auto revoked = world.leaf();
  const auto good = world.leaf();
  ASSERT_TRUE(world.run<RevokeCertificate>(
      {world.ca, revoked.serial().hex(), RevocationReason::Superseded}));
  world.clock.advance(48h);
  world.start();
  world.now();
  EXPECT_EQ(world.look().revoked, 1);
  EXPECT_EQ(world.look().revoked_before, 1);
  EXPECT_EQ(world.look().skipped, 2);  // the expired one and the root
  EXPECT_EQ(world.listed(), (std::set{good.serial().hex(), revoked.serial().hex()}));
}

TEST(BulkRevocation, spares_what_was_issued_after_it_began) {
  World world;
  const auto old = world.leaf();
  world.start();
  world.leaf();
  world.now();
  EXPECT_EQ(world.listed(), std::set{old.serial().hex()});
}

TEST(BulkRevocation, answers_how_far_it_is_when_asked_again) {
  World world;
  world.leaves(3);
  const auto first = world.start();
  world.clock.advance(1s);
  const auto again =
      world.run<StartBulkRevocation>({world.ca, RevocationReason::Superseded}).value();
  EXPECT_EQ(again.started_at, first.started_at);
  EXPECT_EQ(again.revocation_reason, RevocationReason::KeyCompromise);
  world.now();
  EXPECT_EQ(world.look().revoked, 3);
  const auto next = world.start();
  EXPECT_NE(next.started_at, first.started_at);
  world.now();
  EXPECT_EQ(world.look().revoked, 0);
  EXPECT_EQ(world.look().revoked_before, 3);
}

// A crash between two batches: what is stored says where to go on.
TEST(BulkRevocation, goes_on_where_it_was_cut_off) {
  World world;
  const auto serials = world.leaves(4);
  world.start();
  ASSERT_TRUE(world.database->write([&](sql::Transaction& tx) -> Outcome {
    auto bulk = find_bulk_revocation(tx, world.stored(world.ca).id);
    if (!bulk) return bulk.error();
    const auto second = x509::SerialNumber::parse(*std::next(serials.begin()));
    (*bulk)->last_serial.assign(second->octets().begin(), second->octets().end());
    (*bulk)->revoked = 2;
    return store(tx, **bulk);
  }));
  world.now();
  EXPECT_TRUE(world.look().ended_at);
  for (const auto& serial : world.listed()) EXPECT_GT(serial, *std::next(serials.begin()));
}

TEST(BulkRevocation, ends_where_it_is_when_the_ca_can_revoke_no_more) {
  World world;
  world.leaf();
  world.start();
  world.clock.advance(std::chrono::years{11});
  world.now();
  EXPECT_TRUE(world.look().ended_at);
  EXPECT_EQ(world.look().looked_at, 0);
}

TEST(BulkRevocation, is_refused_for_a_ca_that_cannot_revoke_and_unknown_where_there_was_none) {
  World world;
  const auto waiting = world.create(CaType::Root);
  EXPECT_EQ(world.run<StartBulkRevocation>({waiting, RevocationReason::KeyCompromise}).error().code,
            "InvalidStateException");
  EXPECT_EQ(world.run<DescribeBulkRevocation>({world.ca}).error().code,
            "ResourceNotFoundException");
}

TEST(BulkRevocation, tells_its_end_in_the_log) {
  World world;
  world.start();
  world.now();
  EXPECT_TRUE(std::ranges::any_of(world.log_lines, [](const std::string& line) {
    return line.find("bulk_revocation.ended") != std::string::npos;
  }));
}

}  // namespace
}  // namespace everseal::acmpca
