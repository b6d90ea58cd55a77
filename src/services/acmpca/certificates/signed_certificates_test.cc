#include "services/acmpca/certificates/signed_certificates.h"

#include <gtest/gtest.h>

#include <utility>

#include "issuance/log/checkpoint.h"
#include "issuance/log/verification.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::csr_for;
using testing::TestCa;

TEST(SignedCertificates, are_what_the_issuance_log_says_they_are) {
  TestCa world;
  const auto root = world.active_root();
  const auto below = world.active_subordinate(root, "SubordinateCACertificate_PathLen0", 1000);
  world.issue(world.order(below, csr_for("app.internal")));
  const auto key = issuance::log::LogKey::open_or_create(*world.database, world.vault);
  const auto verify = [&] {
    return *world.database->read([&](sql::Snapshot& view) {
      SignedCertificates certificates;
      return issuance::log::verify(view, certificates, key->public_key_info());
    });
  };
  const auto sound = verify();
  EXPECT_TRUE(sound.is_sound()) << sound.first_bad->what;
  EXPECT_EQ(sound.compared, 5U);  // three certificates, two imports
  const auto change = [&](std::string_view statement) {
    ASSERT_TRUE(world.database->write([&](sql::Transaction& tx) { return tx.script(statement); })
                    .has_value());
  };
  change("UPDATE acmpca_certificate SET der = x'3000' WHERE id = 3");
  ASSERT_FALSE(verify().is_sound());
  EXPECT_EQ(verify().first_bad->position, 4U);
  change("DELETE FROM acmpca_import WHERE ca = 2");
  EXPECT_EQ(verify().first_bad->position, 3U);
}

TEST(SignedCertificates, are_missed_in_the_log_when_they_were_stored_behind_its_back) {
  const std::pair<std::string_view, std::string_view> changes[] = {
      {"INSERT INTO acmpca_certificate (ca, serial, der, template, requested_by, issued_at, "
       "log_position) SELECT ca, x'c0ffee', der, template, requested_by, issued_at, log_position "
       "FROM acmpca_certificate WHERE id = 2",
       "/certificate/00000000000000000000000000c0ffee is stored"},
      {"INSERT INTO acmpca_import (ca, version, der, log_position) "
       "SELECT ca, 77, der, log_position FROM acmpca_import",
       "/import/77 is stored"},
      {"UPDATE acmpca_certificate SET log_position = 0 WHERE id = 2", "is stored"},
  };
  for (const auto& [change, what] : changes) {
    SCOPED_TRACE(change);
    TestCa world;
    world.issue(world.order(world.active_root(), csr_for("app.internal")));
    ASSERT_TRUE(world.database->write([&](sql::Transaction& tx) { return tx.script(change); }));
    const auto key = issuance::log::LogKey::open_or_create(*world.database, world.vault);
    const auto verified = world.database->read([&](sql::Snapshot& view) {
      SignedCertificates certificates;
      return issuance::log::verify(view, certificates, key->public_key_info());
    });
    ASSERT_TRUE(verified.has_value());
    ASSERT_FALSE(verified->is_sound());
    EXPECT_NE(verified->first_bad->what.find(what), std::string::npos) << verified->first_bad->what;
  }
}

TEST(SignedCertificates, outlive_their_ca) {
  TestCa world;
  const auto ca = world.active_root();
  world.issue(world.order(ca, csr_for("app.internal")));
  ASSERT_TRUE(world.database
                  ->write([&](sql::Transaction& tx) {
                    return tx.run(
                        "UPDATE acmpca_certificate_authority SET key_handle = NULL, purged_at = 1");
                  })
                  .has_value());
  const auto key = issuance::log::LogKey::open_or_create(*world.database, world.vault);
  const auto verified = world.database->read([&](sql::Snapshot& view) {
    SignedCertificates certificates;
    return issuance::log::verify(view, certificates, key->public_key_info());
  });
  EXPECT_TRUE(verified->is_sound());
}

TEST(SignedCertificates, tell_where_the_leaf_of_a_certificate_is) {
  TestCa world;
  const auto ca = world.active_root();
  const auto arn =
      world.run<IssueCertificate>(world.order(ca, csr_for("app.internal")))->certificate_arn;
  const auto position_of = [&](std::string_view wanted) {
    return *world.database->read(
        [&](sql::Snapshot& view) { return SignedCertificates::position_of(view, wanted); });
  };
  EXPECT_EQ(position_of(arn), 2U);  // after the root's certificate and its import
  EXPECT_EQ(position_of(ca.text()), std::nullopt);
  EXPECT_EQ(position_of(ca.text() + "/certificate/00000000000000000000000000000001"), std::nullopt);
  EXPECT_EQ(position_of("nonsense"), std::nullopt);
}

}  // namespace
}  // namespace everseal::acmpca
