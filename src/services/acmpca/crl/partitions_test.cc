#include <gtest/gtest.h>

#include <set>

#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/restore_certificate_authority.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/older_release.h"
#include "services/acmpca/testing/partitioned_ca.h"

namespace everseal::acmpca {
namespace {

using namespace std::chrono_literals;
using testing::complete;
using testing::csr_for;
using testing::partitioned;
using testing::point_of;
using testing::so_many_a_partition;
using World = testing::PartitionedCa;

TEST(CrlPartitions, are_named_by_their_certificates_and_name_the_same_place) {
  World world;
  const auto good = world.leaf();
  const auto bad = world.leaf();
  EXPECT_EQ(point_of(good), point_of(bad));
  EXPECT_EQ(world.revoke(bad), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(bad)), std::set{bad.serial().hex()});
  const auto pem = testing::object_at(point_of(bad))
                       .replace(testing::object_at(point_of(bad)).size() - 3, 3, "pem");
  EXPECT_TRUE(world.bucket.find(pem));
  const auto id = std::string(world.ca.uuid());
  EXPECT_FALSE(world.bucket.find("crls/crl/" + id + ".crl"));
}

TEST(CrlPartitions, hold_so_many_certificates_and_are_followed_by_the_next) {
  World world;
  std::map<std::string, int> certificates;
  for (int i = 0; i < 7; ++i) ++certificates[point_of(world.leaf())];
  ASSERT_EQ(certificates.size(), 3U);
  std::multiset<int> sizes;
  for (const auto& [uri, count] : certificates) sizes.insert(count);
  EXPECT_EQ(sizes, (std::multiset{1, 3, 3}));
  world.now();
  for (const auto& [uri, count] : certificates) EXPECT_TRUE(world.listed(uri).empty());
}

TEST(CrlPartitions, are_published_before_anybody_is_in_them) {
  World world;
  for (int i = 0; i < 3; ++i) world.leaf();
  world.now();
  EXPECT_TRUE(world.is_there(point_of(world.leaf())));
}

TEST(CrlPartitions, are_rewritten_alone) {
  World world;
  std::vector<x509::Certificate> leaves;
  for (int i = 0; i < 9; ++i) leaves.push_back(world.leaf());
  world.now();
  const auto of = [&](std::size_t leaf) { return point_of(leaves[leaf]); };
  const auto before = std::vector{world.octets(of(0)), world.octets(of(3)), world.octets(of(6))};
  world.clock.set(world.clock.now() + 1min);
  EXPECT_EQ(world.revoke(leaves[4]), "done");
  world.now();
  EXPECT_EQ(world.octets(of(0)), before[0]);
  EXPECT_NE(world.octets(of(3)), before[1]);
  EXPECT_EQ(world.octets(of(6)), before[2]);
  EXPECT_EQ(world.listed(of(3)), std::set{leaves[4].serial().hex()});
}

TEST(CrlPartitions, are_each_refreshed_when_half_of_their_time_is_over) {
  World world;
  std::vector<x509::Certificate> leaves;
  for (int i = 0; i < 4; ++i) leaves.push_back(world.leaf());
  const auto first = point_of(leaves.front()), second = point_of(leaves.back());
  world.now();
  const auto start = world.clock.now();
  world.run_jobs_until(start + 24h);
  EXPECT_EQ(world.revoke(leaves.front()), "done");
  world.now();
  const auto numbers = [&] { return std::pair(world.number(first), world.number(second)); };
  const auto before = numbers();
  world.run_jobs_until(start + 84h);
  EXPECT_EQ(numbers().first, before.first);
  EXPECT_GT(numbers().second, before.second);
  world.run_jobs_until(start + 108h);
  EXPECT_GT(numbers().first, before.first);
}

TEST(CrlPartitions, stand_beside_the_complete_list_of_those_who_name_it) {
  World world;
  world.configure(complete());
  const auto old = world.leaf();
  world.now();
  EXPECT_TRUE(world.places(point_of(old)).empty());
  world.configure(partitioned());
  const auto young = world.leaf();
  EXPECT_NE(point_of(young), point_of(old));
  EXPECT_EQ(world.revoke(old), "done");
  EXPECT_EQ(world.revoke(young), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(old)), std::set{old.serial().hex()});
  EXPECT_EQ(world.listed(point_of(young)), std::set{young.serial().hex()});
}

TEST(CrlPartitions, are_abandoned_by_a_ca_that_returns_to_one_list) {
  World world;
  const auto bad = world.leaf();
  const auto good = world.leaf();
  EXPECT_EQ(world.revoke(bad), "done");
  world.now();
  world.configure(complete());
  const auto young = world.leaf();
  EXPECT_EQ(world.revoke(good), "InvalidRequestException");
  EXPECT_EQ(world.revoke(young), "done");
  world.now();
  const auto before = world.number(point_of(good));
  world.run_jobs_until(world.clock.now() + 84h);
  EXPECT_EQ(world.number(point_of(good)), before);
  EXPECT_EQ(world.listed_of_all(point_of(young)),
            (std::set{bad.serial().hex(), young.serial().hex()}));
  world.configure(partitioned());
  EXPECT_EQ(world.revoke(good), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(good)), (std::set{bad.serial().hex(), good.serial().hex()}));
  EXPECT_EQ(world.listed(point_of(young)), std::set{young.serial().hex()});
}

// Those who load one file for the CA must not take for good what a partition listed, not even what
// none listed yet.
TEST(CrlPartitions, leave_their_revocations_to_the_complete_list) {
  World world;
  std::set<std::string> revoked;
  for (int i = 0; i < 7; ++i) {
    const auto leaf = world.leaf();
    if (i % 2 == 0) continue;
    EXPECT_EQ(world.revoke(leaf), "done");
    revoked.insert(leaf.serial().hex());
  }
  world.configure(complete());
  world.now();
  const auto uri = point_of(world.leaf());
  EXPECT_EQ(world.listed_of_all(uri), revoked);
  world.configure({.enabled = false});
  world.configure(complete());
  world.now();
  EXPECT_EQ(world.listed_of_all(uri), revoked);
}

TEST(CrlPartitions, leave_ended_certificates_to_one_more_complete_list) {
  World world;
  world.configure(complete());
  const auto young = world.leaf();
  world.now();
  world.configure(partitioned());
  const auto lasting = world.leaf();
  const auto ended = world.leaf_of(4);
  EXPECT_EQ(world.revoke(lasting), "done");
  EXPECT_EQ(world.revoke(ended), "done");
  const auto start = world.clock.now();
  world.run_jobs_until(start + 120h);
  world.configure(complete());
  world.now();
  const auto both = std::set{lasting.serial().hex(), ended.serial().hex()};
  EXPECT_EQ(world.listed_of_all(point_of(young)), both);
  world.run_jobs_until(start + 120h + 84h);
  EXPECT_EQ(world.listed_of_all(point_of(young)), std::set{lasting.serial().hex()});
}

TEST(CrlPartitions, take_revocations_while_nothing_is_published) {
  World world;
  const auto bad = world.leaf();
  world.configure({.enabled = false});
  EXPECT_EQ(world.revoke(bad), "done");
  world.now();
  world.configure(partitioned());
  world.now();
  EXPECT_EQ(world.listed(point_of(bad)), std::set{bad.serial().hex()});
}

TEST(CrlPartitions, stay_where_their_certificates_say_though_the_configuration_moves_on) {
  World world;
  auto crl = partitioned();
  crl.custom_cname = "one.example";
  world.configure(crl);
  const auto old = world.leaf();
  EXPECT_TRUE(point_of(old).starts_with("http://one.example/crl/" + std::string(world.ca.uuid())));
  crl.custom_cname = "two.example";
  crl.custom_path = "lists/of/two";
  world.configure(crl);
  const auto young = world.leaf();
  EXPECT_TRUE(point_of(young).starts_with("http://two.example/lists/of/two/"));
  EXPECT_EQ(world.revoke(old), "done");
  EXPECT_EQ(world.revoke(young), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(old)), std::set{old.serial().hex()});
  EXPECT_EQ(world.listed(point_of(young)), std::set{young.serial().hex()});
}

// Switched on together with another host name: what was issued before names the old one.
TEST(CrlPartitions, leave_the_complete_list_where_its_certificates_say) {
  World world;
  world.configure(complete());
  const auto old = world.leaf();
  auto crl = partitioned();
  crl.custom_cname = "two.example";
  world.configure(crl);
  world.now();
  EXPECT_EQ(world.places(point_of(old)), std::vector{point_of(old)});
}

// As a CA is found that an older release, which did not store places, has left.
struct UpgradedWorld : World {
  x509::Certificate old = leaf_of_complete();

  x509::Certificate leaf_of_complete() {
    configure(complete());
    auto issued = leaf();
    const auto forgotten = database->write([](sql::Transaction& tx) {
      return tx.run(
          "UPDATE acmpca_crl SET named_key = NULL, named_uri = NULL WHERE partition = ''");
    });
    if (!forgotten || *forgotten != 1) throw std::runtime_error("there is no complete list");
    return issued;
  }
  void move(std::string cname) {
    auto crl = partitioned();
    crl.custom_cname = std::move(cname);
    configure(crl);
    now();
  }
};

TEST(CrlPartitions, leave_the_complete_list_of_an_older_release_where_its_certificates_say) {
  UpgradedWorld world;
  world.move("two.example");
  EXPECT_EQ(world.places(point_of(world.old)), std::vector{point_of(world.old)});
}

TEST(CrlPartitions, leave_it_there_though_the_host_changes_only_later) {
  UpgradedWorld world;
  world.configure(partitioned());
  world.move("two.example");
  EXPECT_EQ(world.places(point_of(world.old)), std::vector{point_of(world.old)});
}

TEST(CrlPartitions, leave_it_there_though_no_list_was_published_in_between) {
  UpgradedWorld world;
  world.configure({.enabled = false});
  world.move("two.example");
  EXPECT_EQ(world.places(point_of(world.old)), std::vector{point_of(world.old)});
}

// The complete CRL that the older release signed left out what was revoked of partitions.
TEST(CrlPartitions, are_merged_at_once_when_an_older_release_that_did_not_is_upgraded) {
  auto settings = so_many_a_partition(3);
  settings.crl_deltas = true;
  World world(settings);
  const auto revoked = world.leaf();
  EXPECT_EQ(world.revoke(revoked), "done");
  world.configure(complete());
  world.now();
  const auto uri = point_of(world.leaf());
  const auto before = world.number(uri);
  world.clock.advance(1h);
  testing::undo_migrations_from(*world.database, "0008_merged_crls");
  world.now();
  EXPECT_EQ(world.number(uri), before);
  testing::migrate(*world.database);
  world.now();
  EXPECT_GT(world.number(uri), before);
  EXPECT_EQ(world.listed_of_all(uri), std::set{revoked.serial().hex()});
}

TEST(CrlPartitions, know_those_who_may_not_name_them) {
  World world;
  auto crl = partitioned();
  const auto named = point_of(world.leaf());
  crl.distribution_point_extension = CrlDistributionPointExtension{.omit_extension = true};
  world.configure(crl);
  const auto silent = world.leaf();
  EXPECT_EQ(point_of(silent), "");
  EXPECT_EQ(world.revoke(silent), "done");
  world.now();
  EXPECT_EQ(world.listed(named), std::set{silent.serial().hex()});
}

TEST(CrlPartitions, list_in_the_complete_one_what_was_issued_before_there_were_any) {
  World world;
  world.configure({.enabled = false});
  const auto unbound = world.leaf();
  world.configure(partitioned());
  EXPECT_EQ(world.revoke(unbound), "done");
  world.now();
  const auto uri =
      "http://crls.s3.us-east-1.amazonaws.com/crl/" + std::string(world.ca.uuid()) + ".crl";
  EXPECT_EQ(world.listed(uri), std::set{unbound.serial().hex()});
}

TEST(CrlPartitions, go_on_for_a_disabled_ca_and_come_back_with_a_restored_one) {
  World world;
  const auto bad = world.leaf();
  const auto worse = world.leaf();
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>({world.ca, std::nullopt, CaStatus::Disabled}));
  EXPECT_EQ(world.revoke(bad), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(bad)), std::set{bad.serial().hex()});
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({world.ca, 7}));
  world.run_jobs_until(world.clock.now() + 96h);
  const auto when_deleted = world.number(point_of(bad));
  ASSERT_TRUE(world.run<RestoreCertificateAuthority>({world.ca}));
  world.now();
  EXPECT_GT(world.number(point_of(bad)), when_deleted);
  EXPECT_EQ(world.revoke(worse), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(bad)), (std::set{bad.serial().hex(), worse.serial().hex()}));
}

TEST(CrlPartitions, are_served_over_plain_http) {
  World world;
  std::vector<x509::Certificate> leaves;
  for (int i = 0; i < 4; ++i) leaves.push_back(world.leaf());
  world.now();
  for (const auto& leaf : leaves) {
    const auto key = testing::object_at(point_of(leaf)).substr(5);
    for (const auto& target : {"/" + key, "/crls/" + key}) {
      const auto response = world.publication_point.respond(
          {.head = {.method = "GET", .target = target, .headers = {}}});
      EXPECT_EQ(response.status, 200) << target;
    }
  }
}

// What ACM orders belongs to partitions, too.
TEST(CrlPartitions, are_named_by_what_other_services_order) {
  World world(so_many_a_partition(1));
  const auto sign = [&] {
    const auto made =
        world.issuer.sign(world.order_by_acm(), testing::leaf_key().public_key_info());
    const auto stored =
        world.database->write([&](sql::Transaction& tx) { return made->store(tx); });
    EXPECT_TRUE(stored);
    return *x509::Certificate::parse(made->certificate());
  };
  const auto first = sign();
  const auto second = sign();
  EXPECT_NE(point_of(first), point_of(second));
  EXPECT_EQ(world.revoke(first), "done");
  world.now();
  EXPECT_EQ(world.listed(point_of(first)), std::set{first.serial().hex()});
  EXPECT_TRUE(world.listed(point_of(second)).empty());
}

}  // namespace
}  // namespace everseal::acmpca
