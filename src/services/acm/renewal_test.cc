#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <algorithm>
#include <stdexcept>

#include "clock/time_text.h"
#include "services/acm/operations/delete_certificate.h"
#include "services/acm/testing/decrypt.h"
#include "services/acm/testing/world.h"

namespace everseal::acm {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::World;

constexpr std::string_view kListener = "arn:aws:elasticloadbalancing:us-east-1:1:listener/x";

// One exported certificate in a world of its own.
struct Renewed {
  World world;
  std::string arn = world.issued();
  TimePoint end = *world.describe(arn).not_after;
  TimePoint start = end - days{60};
  std::string serial = *world.describe(arn).serial;

  explicit Renewed(bool exported = true, Settings settings = {}) : world(std::move(settings)) {
    if (exported && !world.export_certificate(arn)) throw std::logic_error("not exported");
  }
  bool was_renewed() { return world.describe(arn).serial != serial; }
  const std::optional<DescribeCertificate::Summary> summary() {
    return world.describe(arn).renewal_summary;
  }
  void attach() {
    ASSERT_TRUE(world.database->write(
        [&](sql::Transaction& tx) { return world.service.users().attach(tx, arn, kListener); }));
  }
  void detach() {
    ASSERT_TRUE(world.database->write(
        [&](sql::Transaction& tx) { return world.service.users().detach(tx, arn, kListener); }));
  }
  std::size_t leaves() {
    return world.database
        ->read([](sql::Snapshot& view) { return testing::TestIssuer::logged_serials(view); })
        ->size();
  }
};

TEST(ManagedRenewal, replaces_key_and_serial_behind_the_same_arn_sixty_days_before_the_end) {
  Renewed it;
  const auto before = **it.world.material(it.arn);
  it.world.run_until(it.start - 1ms);
  EXPECT_FALSE(it.was_renewed());
  it.world.run_until(it.start);
  EXPECT_TRUE(it.was_renewed());
  const auto after = **it.world.material(it.arn);
  const auto old = *x509::Certificate::parse(before.certificate);
  const auto now = *x509::Certificate::parse(after.certificate);
  EXPECT_FALSE(std::ranges::equal(old.public_key_info(), now.public_key_info()));
  const auto detail = it.world.describe(it.arn);
  EXPECT_EQ(detail.issued_at, it.start);
  EXPECT_EQ(detail.not_before, it.start - 1h);
  EXPECT_EQ(detail.not_after, validity_from(it.start, {}).not_after);
  EXPECT_EQ(it.leaves(), 2U);
  EXPECT_EQ(it.world.listener.heard, std::vector<std::string>{it.arn});
  EXPECT_TRUE(it.world.was_logged("certificate.renewed"));
}

TEST(ManagedRenewal, orders_the_same_names_on_the_rights_of_the_service) {
  Renewed it;
  it.world.run_until(it.start);
  const auto& first = it.world.issuer.orders().at(0);
  const auto& second = it.world.issuer.orders().at(1);
  EXPECT_EQ(second.dns_names, first.dns_names);
  EXPECT_EQ(second.common_name, first.common_name);
  EXPECT_EQ(second.key_algorithm, first.key_algorithm);
  EXPECT_EQ(second.certificate_authority_arn, first.certificate_authority_arn);
  EXPECT_EQ(second.rights, CertificateOrder::Rights::Service);
  EXPECT_EQ(second.requested_by, "acm.amazonaws.com");
}

TEST(ManagedRenewal, says_success_and_waits_for_the_next_export) {
  Renewed it;
  it.world.run_until(it.start);
  ASSERT_TRUE(it.summary());
  EXPECT_EQ(it.summary()->renewal_status, RenewalStatus::Success);
  EXPECT_FALSE(it.summary()->renewal_status_reason);
  EXPECT_EQ(it.summary()->updated_at, it.start);
  EXPECT_EQ(it.world.describe(it.arn).renewal_eligibility, RenewalEligibility::Ineligible);
}

TEST(ManagedRenewal, the_new_key_is_the_one_that_is_exported) {
  Renewed it;
  it.world.run_until(it.start);
  const auto exported = it.world.export_certificate(it.arn);
  const auto pkcs8 = testing::decrypt(exported->private_key, "correct horse");
  const auto key = crypto::PrivateKey::from_pkcs8(pkcs8->reveal());
  const auto certificate = *x509::Certificate::parse_pem(exported->certificate);
  EXPECT_EQ(certificate.serial().hex(), it.world.describe(it.arn).serial);
  EXPECT_TRUE(std::ranges::equal(key->public_key_info(), certificate.public_key_info()));
  EXPECT_EQ(it.world.describe(it.arn).renewal_eligibility, RenewalEligibility::Eligible);
}

TEST(ManagedRenewal, leaves_alone_what_nobody_has_and_lets_it_end) {
  Renewed it(/*exported=*/false);
  it.world.run_until(it.end);
  EXPECT_FALSE(it.was_renewed());
  EXPECT_FALSE(it.summary());
  EXPECT_EQ(it.world.describe(it.arn).status, CertificateStatus::Expired);
}

TEST(ManagedRenewal, happens_once_if_the_new_one_is_not_exported_again) {
  Renewed it;
  it.world.run_until(it.start);
  const auto renewed = it.world.describe(it.arn);
  it.world.run_until(*renewed.not_after);
  EXPECT_EQ(it.world.describe(it.arn).serial, renewed.serial);
  EXPECT_EQ(it.world.describe(it.arn).status, CertificateStatus::Expired);
}

TEST(ManagedRenewal, happens_year_after_year_for_what_is_in_use) {
  Renewed it(/*exported=*/false);
  it.attach();
  it.world.run_until(it.world.clock.now() + days{365 * 5});
  EXPECT_GE(it.leaves(), 6U);
  EXPECT_EQ(it.world.describe(it.arn).status, CertificateStatus::Issued);
}

TEST(ManagedRenewal, is_made_up_for_at_once_when_a_late_export_makes_it_eligible) {
  Renewed it(/*exported=*/false);
  it.world.run_until(it.start + days{20});
  EXPECT_FALSE(it.was_renewed());
  ASSERT_TRUE(it.world.export_certificate(it.arn));
  it.world.run_jobs();
  EXPECT_TRUE(it.was_renewed());
}

TEST(ManagedRenewal, is_made_up_for_at_once_when_a_late_use_makes_it_eligible) {
  Renewed it(/*exported=*/false);
  it.world.run_until(it.start + days{20});
  it.attach();
  it.world.run_jobs();
  EXPECT_TRUE(it.was_renewed());
}

TEST(ManagedRenewal, that_fails_keeps_the_old_certificate_and_says_why) {
  Renewed it;
  it.world.issuer.permitted = false;
  it.world.run_until(it.start);
  EXPECT_FALSE(it.was_renewed());
  ASSERT_TRUE(it.summary());
  EXPECT_EQ(it.summary()->renewal_status, RenewalStatus::PendingAutoRenewal);
  EXPECT_EQ(it.summary()->renewal_status_reason, FailureReason::PcaAccessDenied);
  EXPECT_EQ(it.world.describe(it.arn).renewal_eligibility, RenewalEligibility::Eligible);
  EXPECT_EQ(it.world.describe(it.arn).status, CertificateStatus::Issued);
  EXPECT_TRUE(it.world.was_logged("certificate.renewal_failed", "create-permission"));
  EXPECT_EQ(it.leaves(), 1U);
}

TEST(ManagedRenewal, tries_again_within_the_hour_after_the_cause_is_mended) {
  Renewed it;
  it.world.issuer.permitted = false;
  it.world.run_until(it.start + days{5});
  it.world.issuer.permitted = true;
  it.world.run_until(it.start + days{5} + 1h);
  EXPECT_TRUE(it.was_renewed());
  EXPECT_EQ(it.summary()->renewal_status, RenewalStatus::Success);
  EXPECT_FALSE(it.summary()->renewal_status_reason);
}

TEST(ManagedRenewal, moves_updated_at_with_every_failure) {
  Renewed it;
  it.world.issuer.permitted = false;
  it.world.run_until(it.start);
  const auto first = it.summary()->updated_at;
  it.world.run_until(it.start + 1h);
  EXPECT_EQ(it.summary()->updated_at, first + 1h);
}

TEST(ManagedRenewal, that_never_succeeds_is_failed_at_the_end_and_over) {
  Renewed it;
  it.world.issuer.permitted = false;
  it.world.run_until(it.end);
  EXPECT_EQ(it.world.describe(it.arn).status, CertificateStatus::Expired);
  EXPECT_EQ(it.summary()->renewal_status, RenewalStatus::Failed);
  EXPECT_EQ(it.summary()->renewal_status_reason, FailureReason::PcaAccessDenied);
  EXPECT_EQ(it.world.promised(kRenewJob), 0U);
  EXPECT_TRUE(it.world.was_logged("certificate.ended"));
}

TEST(ManagedRenewal, warns_at_the_notice_days_while_it_fails) {
  Renewed it;
  it.world.issuer.permitted = false;
  it.world.run_until(it.end - 1ms);
  EXPECT_EQ(std::ranges::count_if(
                it.world.lines,
                [](const auto& line) { return line.find("certificate.ends_soon") != line.npos; }),
            6);
}

TEST(ManagedRenewal, a_failure_of_ours_is_tried_again_too) {
  Renewed it;
  it.world.issuer.cannot_store = true;
  it.world.run_until(it.start);
  EXPECT_FALSE(it.was_renewed());
  EXPECT_EQ(it.leaves(), 1U);
  it.world.issuer.cannot_store = false;
  it.world.run_until(it.start + 1h);
  EXPECT_TRUE(it.was_renewed());
  EXPECT_EQ(it.leaves(), 2U);
}

TEST(ManagedRenewal, does_not_bring_back_what_was_deleted_meanwhile) {
  Renewed it;
  it.world.issuer.before_store = [&] {
    ASSERT_TRUE(DeleteCertificate{*it.world.database}({it.arn}, it.world.call));
  };
  it.world.run_until(it.start);
  EXPECT_FALSE(*it.world.material(it.arn));
  EXPECT_EQ(it.leaves(), 1U);
  EXPECT_TRUE(it.world.listener.heard.empty());
}

TEST(ManagedRenewal, an_export_of_the_old_key_while_it_runs_does_not_count_for_the_new_one) {
  Renewed it;
  it.world.issuer.before_store = [&] { ASSERT_TRUE(it.world.export_certificate(it.arn)); };
  it.world.run_until(it.start);
  EXPECT_TRUE(it.was_renewed());
  EXPECT_EQ(it.world.describe(it.arn).renewal_eligibility, RenewalEligibility::Ineligible);
}

TEST(ManagedRenewal, its_settings_move_the_window_and_the_interval) {
  World world({.renewal_window = days{10}, .renewal_interval = std::chrono::minutes{5}});
  const auto arn = world.issued();
  ASSERT_TRUE(world.export_certificate(arn));
  const auto end = *world.describe(arn).not_after;
  world.issuer.permitted = false;
  world.run_until(end - days{10} - 1ms);
  EXPECT_FALSE(world.describe(arn).renewal_summary);
  world.run_until(end - days{10} + 5min);
  EXPECT_EQ(world.describe(arn).renewal_summary->updated_at, end - days{10} + 5min);
}

// --- RenewCertificate

TEST(RenewCertificate, renews_now) {
  Renewed it;
  ASSERT_TRUE(it.world.renew(it.arn));
  EXPECT_EQ(it.summary()->renewal_status, RenewalStatus::PendingAutoRenewal);
  EXPECT_FALSE(it.summary()->renewal_status_reason);
  it.world.run_jobs();
  EXPECT_TRUE(it.was_renewed());
  EXPECT_EQ(it.summary()->renewal_status, RenewalStatus::Success);
}

TEST(RenewCertificate, is_refused_in_aws_words_for_what_was_not_exported) {
  Renewed it(/*exported=*/false);
  const auto refused = it.world.renew(it.arn);
  EXPECT_EQ(refused.error().code, "ValidationException");
  EXPECT_EQ(refused.error().message,
            "Certificate ARN " + it.arn +
                " has not been exported so it is not eligible for the Renew Certificate API.");
}

TEST(RenewCertificate, is_refused_after_a_renewal_until_the_next_export) {
  Renewed it;
  ASSERT_TRUE(it.world.renew(it.arn));
  it.world.run_jobs();
  EXPECT_EQ(it.world.renew(it.arn).error().code, "ValidationException");
  ASSERT_TRUE(it.world.export_certificate(it.arn));
  EXPECT_TRUE(it.world.renew(it.arn));
}

TEST(RenewCertificate, is_refused_while_one_runs_but_not_after_it_failed) {
  Renewed it;
  it.world.issuer.permitted = false;
  ASSERT_TRUE(it.world.renew(it.arn));
  EXPECT_EQ(it.world.renew(it.arn).error().code, "RequestInProgressException");
  it.world.run_jobs();
  EXPECT_EQ(it.summary()->renewal_status_reason, FailureReason::PcaAccessDenied);
  it.world.issuer.permitted = true;
  ASSERT_TRUE(it.world.renew(it.arn));
  it.world.run_jobs();
  EXPECT_TRUE(it.was_renewed());
}

TEST(RenewCertificate, gives_up_after_three_days_and_comes_back_in_the_window) {
  Renewed it;
  it.world.issuer.permitted = false;
  ASSERT_TRUE(it.world.renew(it.arn));
  const auto began = it.world.clock.now();
  it.world.run_until(began + days{10});
  EXPECT_LE(it.summary()->updated_at, began + 72h);
  it.world.issuer.permitted = true;
  it.world.run_until(it.start - 1ms);
  EXPECT_FALSE(it.was_renewed());
  it.world.run_until(it.start);
  EXPECT_TRUE(it.was_renewed());
}

TEST(RenewCertificate, needs_an_issued_certificate_that_has_not_ended) {
  World world;
  const auto pending = world.request(world.order("app.corp.internal"))->certificate_arn;
  EXPECT_EQ(world.renew(pending).error().code, "RequestInProgressException");
  world.issuer.refuse(FailureReason::PcaInvalidState);
  world.run_jobs();
  EXPECT_EQ(world.renew(pending).error().code, "ValidationException");
  EXPECT_EQ(world.renew("arn:aws:acm:us-east-1:111122223333:certificate/x").error().code,
            "ResourceNotFoundException");
  EXPECT_EQ(world.renew("arn:aws:acm:us-east-1:111122223333:other/x").error().code,
            "InvalidArnException");
  Renewed it;
  it.world.clock.set(it.end);
  EXPECT_EQ(it.world.renew(it.arn).error().code, "ValidationException");
}

TEST(RenewCertificate, counts_its_hours_from_the_last_request) {
  Renewed it;
  it.world.issuer.permitted = false;
  ASSERT_TRUE(it.world.renew(it.arn));
  it.world.run_until(it.world.clock.now() + 70h);
  ASSERT_TRUE(it.world.renew(it.arn));
  const auto again = it.world.clock.now();
  it.world.run_until(again + 71h);
  EXPECT_EQ(it.summary()->updated_at, again + 71h);
}

// --- the whole life cycle against a model

// Attempts are half a day apart, so that months pass quickly.
constexpr std::chrono::minutes kInterval = 12h;

// What a certificate's life is, in the words of the reference: no rows, no jobs.
struct Life {
  TimePoint now, issued, end;
  bool exported = false, in_use = false, permitted = true;
  bool pending = false;            // a failed renewal is being repeated
  std::optional<TimePoint> retry;  // when
  TimePoint began;
  int generation = 1;
  bool failed = false;

  TimePoint start() const { return end - days{60}; }
  bool eligible() const { return now < end && (exported || in_use); }
  bool ended() const { return now >= end; }
};
using Real = Renewed;
using LifeCommand = rc::state::Command<Life, Real>;

// One attempt at this moment.
void attempt(Life& life) {
  if (life.permitted) {
    const auto validity = validity_from(life.now, {});
    life.issued = life.now;
    life.end = validity.not_after;
    life.exported = life.pending = false;
    life.retry.reset();
    ++life.generation;
    return;
  }
  if (!life.pending) life.began = life.now;
  life.pending = true;
  auto next = std::min<TimePoint>(life.now + kInterval, life.end);
  if (next - life.began > 72h) next = std::max(next, life.start());
  life.retry = next;
}

// Lets time pass, moment by moment at which something may happen.
void pass(Life& life, TimePoint until) {
  while (!life.ended()) {
    if (life.eligible() && life.now >= life.start() && !life.pending) {
      attempt(life);
      continue;
    }
    TimePoint next = until + 1ms;
    if (life.pending) {
      next = life.eligible() ? *life.retry : life.end;
    } else if (life.eligible()) {
      next = life.start();
    } else {
      next = life.end;
    }
    if (next > until) break;
    life.now = std::max(life.now, next);
    if (life.now >= life.end) break;
    if (life.eligible()) attempt(life);
  }
  life.now = until;
  if (life.ended() && life.pending) {
    life.pending = false;
    life.failed = true;
  }
}

void agree(const Life& life, Real& real) {
  const auto detail = real.world.describe(real.arn);
  RC_ASSERT(real.leaves() == static_cast<std::size_t>(life.generation));
  RC_ASSERT(detail.not_after == life.end);
  RC_ASSERT(detail.status ==
            (life.ended() ? CertificateStatus::Expired : CertificateStatus::Issued));
  RC_ASSERT((detail.renewal_eligibility == RenewalEligibility::Eligible) == life.eligible());
  const auto status =
      detail.renewal_summary ? std::optional(detail.renewal_summary->renewal_status) : std::nullopt;
  if (life.pending) RC_ASSERT(status == RenewalStatus::PendingAutoRenewal);
  if (life.failed) RC_ASSERT(status == RenewalStatus::Failed);
  if (!life.pending && !life.failed && life.generation > 1) {
    RC_ASSERT(status == RenewalStatus::Success);
  }
}

struct Wait final : LifeCommand {
  std::chrono::hours time{*rc::gen::element(1, 2, 24, 24 * 7, 24 * 30, 24 * 90, 24 * 200)};
  void apply(Life& life) const override { pass(life, life.now + time); }
  void run(const Life& before, Real& real) const override {
    real.world.run_until(real.world.clock.now() + time);
    auto after = before;
    apply(after);
    agree(after, real);
  }
  void show(std::ostream& out) const override { out << "wait " << time.count() << " h"; }
};

struct Export final : LifeCommand {
  void checkPreconditions(const Life& life) const override { RC_PRE(!life.ended()); }
  void apply(Life& life) const override {
    life.exported = true;
    pass(life, life.now);
  }
  void run(const Life& before, Real& real) const override {
    RC_ASSERT(real.world.export_certificate(real.arn).has_value());
    real.world.run_jobs();
    auto after = before;
    apply(after);
    agree(after, real);
  }
  void show(std::ostream& out) const override { out << "export"; }
};

struct Permit final : LifeCommand {
  bool permitted = *rc::gen::arbitrary<bool>();
  void apply(Life& life) const override { life.permitted = permitted; }
  void run(const Life&, Real& real) const override { real.world.issuer.permitted = permitted; }
  void show(std::ostream& out) const override { out << (permitted ? "permit" : "forbid"); }
};

struct Use final : LifeCommand {
  void checkPreconditions(const Life& life) const override {
    RC_PRE(!life.in_use && !life.ended());
  }
  void apply(Life& life) const override {
    life.in_use = true;
    pass(life, life.now);
  }
  void run(const Life& before, Real& real) const override {
    real.attach();
    real.world.run_jobs();
    auto after = before;
    apply(after);
    agree(after, real);
  }
  void show(std::ostream& out) const override { out << "use"; }
};

struct Renew final : LifeCommand {
  void checkPreconditions(const Life& life) const override {
    RC_PRE(life.exported && !life.ended());
  }
  void apply(Life& life) const override {
    life.pending = false;
    attempt(life);
    pass(life, life.now);
  }
  void run(const Life& before, Real& real) const override {
    RC_ASSERT(real.world.renew(real.arn).has_value());
    real.world.run_jobs();
    auto after = before;
    apply(after);
    agree(after, real);
  }
  void show(std::ostream& out) const override { out << "renew"; }
};

TEST(RenewalLifeCycle, is_that_of_the_model_whatever_happens) {
  rc::check([] {
    Real real(/*exported=*/false, {.renewal_interval = kInterval});
    Life life;
    life.now = life.issued = real.world.clock.now();
    life.end = real.end;
    rc::state::check(
        life, real,
        rc::state::gen::execOneOfWithArgs<Wait, Wait, Wait, Export, Permit, Use, Renew>());
  });
}

}  // namespace
}  // namespace everseal::acm
