#include <gtest/gtest.h>

#include <map>
#include <mutex>

#include "latch/testing/many_threads.h"
#include "services/acmpca/testing/partitioned_ca.h"
#include "x509/crl_entry.h"

namespace everseal::acmpca {
namespace {

using testing::complete;
using testing::csr_for;
using testing::partitioned;
using testing::point_of;
using testing::so_many_a_partition;
using World = testing::PartitionedCa;

// Those that were being signed when a partition filled up still find room there.
TEST(CrlPartitions, are_little_more_than_full_when_many_issue_at_once) {
  constexpr int threads = 8, each = 25;
  World world(so_many_a_partition(20));
  std::mutex mutex;
  std::map<std::string, int> certificates;
  in_threads(threads, [&](int /*thread*/) {
    for (int i = 0; i < each; ++i) {
      const auto point = point_of(world.leaf());
      const std::lock_guard lock(mutex);
      ++certificates[point];
    }
  });
  int all = 0;
  for (const auto& [uri, count] : certificates) {
    EXPECT_LE(count, 20 + threads) << uri;
    all += count;
  }
  EXPECT_EQ(all, threads * each);
  EXPECT_GE(certificates.size(), 200U / 28);
}

TEST(CrlPartitions, end_when_the_ca_has_issued_as_many_as_it_may) {
  auto settings = so_many_a_partition(2);
  settings.certificates_partitioned = 4;
  World world(settings);
  for (int i = 0; i < 4; ++i) world.leaf();
  const auto refused = world.run<IssueCertificate>(world.order(world.ca, csr_for("app.internal")));
  EXPECT_EQ(refused.error().code, "LimitExceededException");
}

// A validity beyond the CA's is found when the certificate is made.
TEST(CrlPartitions, are_found_to_be_full_before_anything_is_signed) {
  auto settings = so_many_a_partition(2);
  settings.certificates_partitioned = 4;
  World world(settings);
  const auto order =
      world.order(world.ca, csr_for("app.internal"), "EndEntityCertificate", testing::days(36500));
  EXPECT_EQ(world.run<IssueCertificate>(order).error().code, "ValidationException");
  for (int i = 0; i < 4; ++i) world.leaf();
  EXPECT_EQ(world.run<IssueCertificate>(order).error().code, "LimitExceededException");
}

TEST(CompleteCrl, ends_when_the_ca_has_issued_as_many_as_it_may) {
  auto settings = so_many_a_partition(100);
  settings.certificates_complete = 3;
  World world(settings);
  world.leaf();
  world.configure(complete());  // the root's own and this one count, too
  world.leaf();
  const auto order = world.order(world.ca, csr_for("app.internal"));
  EXPECT_EQ(world.run<IssueCertificate>(order).error().code, "LimitExceededException");
  EXPECT_EQ(world.issuer.check(world.order_by_acm()).error().reason,
            IssuerRefusal::Reason::LimitExceeded);
  world.configure(partitioned());
  EXPECT_TRUE(world.run<IssueCertificate>(order));
}

// 18,000 entries of the greatest size, and what is around them.
TEST(CrlPartitions, have_room_for_a_megabyte_of_entries) {
  Bytes entry;
  const Bytes serial(20, 0x7f);
  x509::append_crl_entry(entry, serial, testing::at("2055-01-01T00:00:00Z"),
                         x509::CrlReason::AaCompromise);
  EXPECT_EQ(entry.size(), 55U);
  EXPECT_LT(static_cast<std::int64_t>(entry.size()) * Settings{}.certificates_a_partition + 2000,
            1'000'000);
}

}  // namespace
}  // namespace everseal::acmpca
