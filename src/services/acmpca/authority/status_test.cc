#include "services/acmpca/authority/status.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "services/acmpca/operations/create_permission.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/describe_certificate_authority.h"
#include "services/acmpca/operations/import_certificate_authority_certificate.h"
#include "services/acmpca/operations/restore_certificate_authority.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/outside_ca.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::OutsideCa;
using testing::TestCa;

constexpr std::array all_statuses = {CaStatus::Creating, CaStatus::PendingCertificate,
                                     CaStatus::Active,   CaStatus::Deleted,
                                     CaStatus::Disabled, CaStatus::Expired,
                                     CaStatus::Failed};

// The table of the reference, a row a status.
struct TableRow {
  CaStatus status;
  bool issue, import, change, remove;
};
constexpr std::array table = {
    TableRow{CaStatus::Creating, false, false, false, true},
    TableRow{CaStatus::PendingCertificate, false, true, false, true},
    TableRow{CaStatus::Active, true, true, true, false},
    TableRow{CaStatus::Deleted, false, false, false, false},
    TableRow{CaStatus::Disabled, false, false, true, true},
    TableRow{CaStatus::Expired, false, true, false, true},
    TableRow{CaStatus::Failed, false, false, false, true},
};

TEST(Status, allows_what_the_published_table_allows) {
  for (const auto& row : table) {
    SCOPED_TRACE(aws::name_of(row.status));
    EXPECT_EQ(may_issue(row.status), row.issue);
    EXPECT_EQ(may_import(row.status), row.import);
    EXPECT_EQ(may_change_status(row.status), row.change);
    EXPECT_EQ(may_be_deleted(row.status), row.remove);
  }
}

TEST(Status, of_a_ca_without_a_certificate_never_expires) {
  for (const auto status : all_statuses) {
    EXPECT_EQ(status_at(TimePoint::max(), status, std::nullopt), status);
  }
}

TEST(Status, is_expired_after_the_last_moment_of_the_certificate_unless_deleted) {
  const auto end = testing::at("2030-01-01T00:00:00Z");
  const auto after = end + std::chrono::milliseconds{1};
  EXPECT_EQ(status_at(end, CaStatus::Active, end), CaStatus::Active);
  EXPECT_EQ(status_at(after, CaStatus::Active, end), CaStatus::Expired);
  EXPECT_EQ(status_at(after, CaStatus::Disabled, end), CaStatus::Expired);
  EXPECT_EQ(status_at(after, CaStatus::Deleted, end), CaStatus::Deleted);
}

TEST(Status, comes_back_from_a_deletion_only_if_there_was_a_key) {
  EXPECT_FALSE(is_restorable(CaStatus::Creating));
  EXPECT_FALSE(is_restorable(CaStatus::Failed));
  EXPECT_TRUE(is_restorable(CaStatus::PendingCertificate));
  EXPECT_TRUE(is_restorable(CaStatus::Disabled));
}

// What the reference says of a CA, in a few lines that share nothing with the service.
struct Model {
  std::string stored = "PENDING_CERTIFICATE";
  std::string before_deletion;
  std::optional<TimePoint> not_after;
  std::optional<TimePoint> window_end;

  bool gone(TimePoint now) const { return window_end && now >= *window_end; }
  std::string shown(TimePoint now) const {
    const bool over = not_after && now > *not_after;
    return over && stored != "DELETED" ? "EXPIRED" : stored;
  }
  bool switchable(TimePoint now) const {
    return shown(now) == "ACTIVE" || shown(now) == "DISABLED";
  }
};

// One CA, as the model has it and as the service has it.
struct Pair {
  TestCa world;
  OutsideCa parent = OutsideCa::root("Outside Root");
  AuthorityArn ca = world.create(CaType::Subordinate);
  std::string csr = world.csr_of(ca);
  Model model;

  TimePoint now() const { return world.clock.now(); }

  // The operation succeeds exactly when the model says so.
  template <class Answer>
  void expect(bool allowed, const Answer& answer) {
    RC_ASSERT(answer.has_value() == (allowed && !model.gone(now())));
    if (!answer && model.gone(now()))
      RC_ASSERT(answer.error().code == "ResourceNotFoundException");
    else if (!answer)
      RC_ASSERT(answer.error().code == "InvalidStateException");
  }

  void compare() {
    const auto described = world.run<DescribeCertificateAuthority>({ca});
    RC_ASSERT(described.has_value() == !model.gone(now()));
    if (!described) return;
    const auto& shown = described->certificate_authority;
    RC_ASSERT(aws::name_of(shown.status) == model.shown(now()));
    RC_ASSERT(shown.restorable_until == model.window_end);
    RC_ASSERT(shown.not_after == model.not_after);
  }
};

using Step = void (*)(Pair&);

void install(Pair& pair) {
  const auto days = *rc::gen::inRange(1, 60);
  const auto certificate = pair.parent.sign_ca(pair.csr, pair.now(), days);
  const auto shown = pair.model.shown(pair.now());
  const bool allowed = shown == "PENDING_CERTIFICATE" || shown == "ACTIVE" || shown == "EXPIRED";
  const auto answer = pair.world.run<ImportCertificateAuthorityCertificate>(
      {.certificate = to_bytes(certificate.pem()),
       .certificate_authority_arn = pair.ca,
       .certificate_chain = to_bytes(pair.parent.chain_pem())});
  pair.expect(allowed, answer);
  if (!answer) return;
  if (pair.model.stored == "PENDING_CERTIFICATE") pair.model.stored = "ACTIVE";
  pair.model.not_after = certificate.validity().not_after;
}

void change(Pair& pair, CaStatus status) {
  const bool allowed = pair.model.switchable(pair.now());
  const auto answer = pair.world.run<UpdateCertificateAuthority>({pair.ca, std::nullopt, status});
  pair.expect(allowed, answer);
  if (answer) pair.model.stored = aws::name_of(status);
}

void enable(Pair& pair) { change(pair, CaStatus::Active); }
void disable(Pair& pair) { change(pair, CaStatus::Disabled); }

void remove(Pair& pair) {
  const auto days = *rc::gen::inRange(7, 31);
  const auto shown = pair.model.shown(pair.now());
  const auto answer = pair.world.run<DeleteCertificateAuthority>({pair.ca, days});
  pair.expect(shown != "ACTIVE" && shown != "DELETED", answer);
  if (!answer) return;
  pair.model.before_deletion = pair.model.stored;
  pair.model.stored = "DELETED";
  pair.model.window_end = pair.now() + std::chrono::days{days};
}

void restore(Pair& pair) {
  const bool allowed = pair.model.stored == "DELETED";
  const auto answer = pair.world.run<RestoreCertificateAuthority>({pair.ca});
  pair.expect(allowed, answer);
  if (!answer) return;
  pair.model.stored = pair.model.before_deletion;
  pair.model.window_end.reset();
}

void issue(Pair& pair) {
  static const auto csr = testing::csr_for("app.corp.internal");
  const auto asked = IssueCertificate::Request{
      .api_passthrough = std::nullopt,
      .certificate_authority_arn = pair.ca,
      .csr = to_bytes(csr),
      .signing_algorithm = SigningAlgorithm::Sha256WithEcdsa,
      .template_arn = std::nullopt,
      .validity = {to_millis(pair.now()) / 1000 + 1, ValidityPeriodType::Absolute},
      .validity_not_before = std::nullopt,
      .idempotency_token = std::nullopt};
  const bool ends_first =
      pair.model.not_after && pair.now() + std::chrono::seconds{1} <= *pair.model.not_after;
  if (pair.model.shown(pair.now()) == "ACTIVE" && !ends_first) return;
  pair.expect(pair.model.shown(pair.now()) == "ACTIVE", pair.world.run<IssueCertificate>(asked));
}

void wait(Pair& pair) {
  pair.world.clock.advance(std::chrono::hours{*rc::gen::inRange(1, 24 * 20)});
}

TEST(Status, of_a_real_ca_is_that_of_the_model_after_any_sequence_of_calls) {
  rc::check("a CA follows its state machine", [] {
    Pair pair;
    const auto steps = *rc::gen::container<std::vector<Step>>(
        rc::gen::element<Step>(install, enable, disable, remove, restore, issue, wait));
    for (const auto step : steps) {
      step(pair);
      pair.compare();
    }
  });
}

}  // namespace
}  // namespace everseal::acmpca
