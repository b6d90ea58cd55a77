#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "clock/time_text.h"
#include "services/acm/certificate.h"
#include "services/acm/certificate_facts.h"
#include "services/acm/domain_names.h"
#include "services/acm/renewal_schedule.h"
#include "services/acm/row_reader.h"
#include "services/acm/tags.h"

namespace everseal::acm {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

TimePoint at(std::string_view text) { return *parse_iso8601(text); }

// --- domain names

bool has_the_shape_of_a_name(const std::string& text) {
  return RE2::FullMatch(text, std::string(kDomainNameRe2));
}

TEST(DomainNamePattern, takes_names_with_a_dot_and_a_leading_wildcard) {
  for (const auto* name : {"app.corp.internal", "*.app.corp.internal", "a.bc", "x--y.example.com",
                           "xn--bcher-kva.example.com", "1.2.example"}) {
    EXPECT_TRUE(has_the_shape_of_a_name(name)) << name;
  }
  const std::string label(63, 'a');
  EXPECT_TRUE(has_the_shape_of_a_name(label + "." + label));
}

TEST(DomainNamePattern, refuses_single_labels_addresses_and_misplaced_wildcards) {
  const std::string too_long(64, 'a');
  for (const std::string& name :
       {std::string("localhost"), std::string("10.0.0.1"), std::string("ops@example.com"),
        std::string("a.*.example.com"), std::string("w*.example.com"), std::string("*."),
        std::string("-a.example.com"), std::string("a-.example.com"), std::string("example.com."),
        std::string("a..example.com"), std::string("a_b.example.com"), std::string("example.c"),
        too_long + ".example.com", std::string()}) {
    EXPECT_FALSE(has_the_shape_of_a_name(name)) << name;
  }
}

TEST(CertificateNames, puts_the_domain_name_first_and_each_name_once) {
  const auto names = certificate_names(
      "App.corp.internal", {"db.corp.internal", "app.corp.internal", "DB.corp.internal"}, 10);
  ASSERT_TRUE(names);
  EXPECT_EQ(*names, (std::vector<std::string>{"app.corp.internal", "db.corp.internal"}));
}

TEST(CertificateNames, refuses_a_first_name_that_does_not_fit_into_a_common_name) {
  const std::string longest = std::string(57, 'a') + ".corp.x";  // 64 characters
  ASSERT_EQ(longest.size(), 64U);
  EXPECT_TRUE(certificate_names(longest, {}, 10));
  EXPECT_EQ(certificate_names("b" + longest, {}, 10).error().code, "InvalidParameterException");
  EXPECT_TRUE(certificate_names("app.corp", {"b" + longest}, 10));
}

TEST(CertificateNames, refuses_an_address_that_looks_like_a_name) {
  EXPECT_EQ(certificate_names("10.0.0.10", {}, 10).error().code, "InvalidParameterException");
  EXPECT_EQ(certificate_names("app.corp", {"192.168.1.100"}, 10).error().code,
            "InvalidParameterException");
}

TEST(CertificateNames, refuses_more_names_than_the_quota) {
  EXPECT_TRUE(certificate_names("a.corp", {"b.corp", "a.corp"}, 2));
  EXPECT_EQ(certificate_names("a.corp", {"b.corp", "c.corp"}, 2).error().code,
            "LimitExceededException");
}

TEST(CertificateNames, refuses_two_hyphens_in_third_place_unless_it_is_punycode) {
  EXPECT_TRUE(certificate_names("xn--bcher-kva.example.com", {}, 10));
  EXPECT_TRUE(certificate_names("XN--BCHER-KVA.example.com", {}, 10));
  for (const auto* name : {"ab--cd.example.com", "app.xn--99999999.com", "*.xx--y.example.com"}) {
    EXPECT_EQ(certificate_names(name, {}, 10).error().code, "InvalidParameterException") << name;
  }
}

// The samples of RFC 3492, 7.1, that have no upper-case letters.
TEST(Punycode, takes_the_samples_of_the_standard) {
  for (const auto* sample :
       {"egbpdaj6bu4bxfgehfvwxn", "ihqwcrb4cv8a8dqg056pqjye", "ihqwctvzc91f659drss3x8bo0yb",
        "4dbcagdahymbxekheh6e0a7fei0b", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd",
        "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa", "b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3b-ww4c5e180e575a65lsy2b", "bcher-kva"}) {
    EXPECT_TRUE(is_punycode(sample)) << sample;
  }
}

TEST(Punycode, refuses_what_decodes_to_nothing_or_beyond_unicode) {
  for (const auto* text : {"", "abc-", "99999999", "a!b", "zzzzzzzzzzzzzzzzzzzzzzzzzzzz"}) {
    EXPECT_FALSE(is_punycode(text)) << text;
  }
}

TEST(Punycode, never_fails_badly_on_any_label) {
  rc::check([](const std::string& label) { return is_punycode(label) || true; });
}

// --- validity

TEST(Validity, is_thirteen_calendar_months_from_an_hour_ago) {
  const auto validity = validity_from(at("2019-07-19T17:15:55Z") + 678ms, Settings{});
  EXPECT_EQ(validity.not_before, at("2019-07-19T16:15:55Z"));
  EXPECT_EQ(validity.not_after, at("2020-08-19T17:15:55Z"));
}

TEST(Validity, ends_on_the_last_day_of_a_shorter_month) {
  EXPECT_EQ(validity_from(at("2025-01-31T12:00:00Z"), Settings{}).not_after,
            at("2026-02-28T12:00:00Z"));
  EXPECT_EQ(validity_from(at("2027-01-31T12:00:00Z"), Settings{}).not_after,
            at("2028-02-29T12:00:00Z"));
}

// --- renewal

struct RenewalScheduleTest : testing::Test {
  Settings settings;
  TimePoint issued = at("2025-01-02T00:00:00Z");
  TimePoint end = at("2026-02-02T00:00:00Z");
  TimePoint start = end - days{60};

  RenewalFacts facts(bool exported = true, bool in_use = false) const {
    RenewalFacts made;
    made.issued_at = issued;
    made.not_after = end;
    made.exported_since_issue = exported;
    made.in_use = in_use;
    return made;
  }
  RenewalFacts pending(TimePoint began) const {
    auto made = facts();
    made.renewal_status = RenewalStatus::PendingAutoRenewal;
    made.renewal_began_at = began;
    return made;
  }
};

TEST_F(RenewalScheduleTest, only_what_somebody_has_is_eligible) {
  EXPECT_EQ(eligibility(facts(false, false), issued), RenewalEligibility::Ineligible);
  EXPECT_EQ(eligibility(facts(true, false), issued), RenewalEligibility::Eligible);
  EXPECT_EQ(eligibility(facts(false, true), issued), RenewalEligibility::Eligible);
}

TEST_F(RenewalScheduleTest, what_ended_or_was_imported_or_revoked_is_not_eligible) {
  EXPECT_EQ(eligibility(facts(), end), RenewalEligibility::Ineligible);
  auto imported = facts();
  imported.type = CertificateType::Imported;
  EXPECT_EQ(eligibility(imported, issued), RenewalEligibility::Ineligible);
  auto revoked = facts();
  revoked.status = CertificateStatus::Revoked;
  EXPECT_EQ(eligibility(revoked, issued), RenewalEligibility::Ineligible);
}

TEST_F(RenewalScheduleTest, begins_sixty_days_before_the_end) {
  EXPECT_EQ(window_start(issued, end, settings), start);
  const auto early = decide(facts(), start - 1ms, settings);
  EXPECT_EQ(early.step, RenewalStep::Wait);
  EXPECT_EQ(early.due, start);
  EXPECT_EQ(decide(facts(), start, settings).step, RenewalStep::Attempt);
}

TEST_F(RenewalScheduleTest, never_begins_in_the_first_two_thirds_of_a_short_life) {
  EXPECT_EQ(window_start(issued, issued + days{30}, settings), issued + days{20});
}

TEST_F(RenewalScheduleTest, leaves_alone_what_nobody_has) {
  EXPECT_EQ(decide(facts(false), start, settings).step, RenewalStep::Nothing);
}

TEST_F(RenewalScheduleTest, a_requested_renewal_does_not_wait_for_the_window) {
  EXPECT_EQ(decide(pending(issued + days{1}), issued + days{1}, settings).step,
            RenewalStep::Attempt);
}

TEST_F(RenewalScheduleTest, a_pending_renewal_that_lost_its_holder_waits_for_the_end) {
  auto lost = pending(start);
  lost.exported_since_issue = false;
  const auto decision = decide(lost, start + 1h, settings);
  EXPECT_EQ(decision.step, RenewalStep::Wait);
  EXPECT_EQ(decision.due, end);
  EXPECT_EQ(decide(lost, end, settings).step, RenewalStep::GiveUp);
}

TEST_F(RenewalScheduleTest, gives_up_at_the_end_only_if_it_had_begun) {
  EXPECT_EQ(decide(pending(start), end, settings).step, RenewalStep::GiveUp);
  EXPECT_EQ(decide(facts(), end, settings).step, RenewalStep::Nothing);
}

TEST_F(RenewalScheduleTest, tries_again_hourly_until_the_end) {
  EXPECT_EQ(next_attempt(pending(start), start + days{30}, settings), start + days{30} + 1h);
  EXPECT_EQ(next_attempt(pending(start), end - 10min, settings), end);
}

TEST_F(RenewalScheduleTest, a_requested_renewal_that_fails_for_three_days_waits_for_the_window) {
  const auto began = issued + days{10};
  EXPECT_EQ(next_attempt(pending(began), began + 70h, settings), began + 71h);
  EXPECT_EQ(next_attempt(pending(began), began + 71h, settings), began + 72h);
  EXPECT_EQ(next_attempt(pending(began), began + 72h, settings), start);
}

TEST_F(RenewalScheduleTest, what_becomes_eligible_late_is_due_at_once) {
  EXPECT_EQ(due_when_eligible(facts(), issued + days{1}, settings), start);
  EXPECT_EQ(due_when_eligible(facts(), start + days{1}, settings), start + days{1});
}

TEST_F(RenewalScheduleTest, a_renewal_runs_until_its_attempt_ended_or_timed_out) {
  const auto began = issued + days{1};
  EXPECT_TRUE(is_running(pending(began), std::nullopt, began, settings));
  EXPECT_FALSE(is_running(pending(began), FailureReason::PcaAccessDenied, began, settings));
  EXPECT_FALSE(is_running(pending(began), std::nullopt, began + 72h, settings));
  EXPECT_FALSE(is_running(facts(), std::nullopt, began, settings));
}

TEST_F(RenewalScheduleTest, notices_fall_into_the_hour_in_which_their_day_begins) {
  const auto noticed = [&](TimePoint now) { return notice_between(now - 1h, now, end, settings); };
  EXPECT_EQ(noticed(end - days{45}), 45);
  EXPECT_EQ(noticed(end - days{45} + 1h), std::nullopt);
  EXPECT_EQ(noticed(end - days{1} + 30min), 1);
  EXPECT_EQ(notice_between(end - days{50}, end - days{10}, end, settings), 15);
}

TEST(Remedy, is_a_sentence_for_every_reason) {
  for (const auto& [reason, name] : aws::names_of<FailureReason>) {
    EXPECT_TRUE(remedy(reason).ends_with('.')) << name;
  }
}

// --- small things

TEST(CertificateArn, names_a_certificate_and_nothing_else) {
  const auto arn = certificate_arn("us-east-1", "111122223333", "aaaa-bbbb");
  EXPECT_EQ(arn.text(), "arn:aws:acm:us-east-1:111122223333:certificate/aaaa-bbbb");
  EXPECT_TRUE(parse_certificate_arn(arn.text()));
  for (const auto* other :
       {"arn:aws:acm:us-east-1:111122223333:certificate/", "arn:aws:acm:us-east-1:1:other/x",
        "arn:aws:acm-pca:us-east-1:1:certificate/x", "arn:aws:acm:us-east-1:1:certificate/a/b"}) {
    EXPECT_EQ(parse_certificate_arn(other).error().code, "InvalidArnException") << other;
  }
}

TEST(KeyAlgorithmName, is_printed_with_a_hyphen) {
  EXPECT_EQ(printed(KeyAlgorithm::Rsa2048), "RSA-2048");
  EXPECT_EQ(printed(KeyAlgorithm::EcP256), "EC-prime256v1");
}

TEST(KeyAlgorithmName, and_the_algorithm_of_crypto_are_the_same_seven) {
  for (const auto& [algorithm, name] : aws::names_of<KeyAlgorithm>) {
    EXPECT_EQ(model_algorithm(crypto_algorithm(algorithm)), algorithm) << name;
  }
}

TEST(Tags, are_refused_when_reserved_repeated_or_too_many) {
  EXPECT_FALSE(refuse_tags({{"team", "web"}, {"env", "web"}}, 2));
  EXPECT_EQ(refuse_tags({{"team", "web"}, {"Team", "web"}}, 2)->code, "InvalidTagException");
  EXPECT_EQ(refuse_set({{"Team", "db"}, {"team", "web"}}, 2)->code, "InvalidTagException");
  EXPECT_FALSE(refuse_set({{"env", "db"}, {"team", "web"}}, 2));
  EXPECT_EQ(refuse_tags({{"AWS:team", "web"}}, 50)->code, "InvalidTagException");
  EXPECT_EQ(refuse_tags({{"team", "web"}, {"team", "db"}}, 50)->code, "InvalidTagException");
  EXPECT_EQ(refuse_tags({{"a", {}}, {"b", {}}, {"c", {}}}, 2)->code, "TooManyTagsException");
}

TEST(Lines, come_back_as_they_went) {
  rc::check([](std::vector<std::string> lines) {
    for (auto& line : lines) {
      std::erase(line, '\n');
      line += 'x';
    }
    RC_ASSERT(split_lines(joined_lines(lines)) == lines);
  });
}

TEST(ExtendedKeyUsageFact, is_a_name_with_its_number) {
  const auto server = parse_extended_key_usage("TLS_WEB_SERVER_AUTHENTICATION=1.3.6.1.5.5.7.3.1");
  EXPECT_EQ(server.name, ExtendedKeyUsageName::TlsWebServerAuthentication);
  EXPECT_EQ(server.oid, "1.3.6.1.5.5.7.3.1");
  EXPECT_EQ(parse_extended_key_usage("NONE").oid, "");
}

}  // namespace
}  // namespace everseal::acm
