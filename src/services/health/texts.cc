#include "services/health/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "services/health/failures.h"

namespace everseal::health {

namespace {

// One language: sentences, with the places of what they are about.
struct Words {
  std::string_view completed;     // 0 domain, 1 how many domains
  std::string_view needs_action;  // 0 domain
  std::string_view ends_soon;     // 0 domain
  std::string_view ended;         // 0 domain
  std::string_view account, region, certificate;
  std::string_view new_end, end, was_end;  // 0 moment
  std::string_view moment;                 // 0 year, 1 month, 2 day, 3 time of the day
  std::string_view first_day, other_day;   // 0 which
  std::array<std::string_view, 12> months;
  std::string_view days_left;  // 0 how many
  std::string_view reason;     // 0 code
  std::string_view what_to_do_completed, what_to_do_soon, what_to_do_ended;
  std::string_view no_such_event;
};

constexpr Words english{
    .completed =
        "AWS Certificate Manager (ACM) has completed the renewal of a certificate that includes "
        "the primary domain {0} and a total of {1} domains.",
    .needs_action =
        "AWS Certificate Manager (ACM) could not renew the certificate whose primary domain is "
        "{0}. It is tried again every hour; somebody has to act.",
    .ends_soon = "The certificate whose primary domain is {0} ends soon and has not been renewed.",
    .ended = "The certificate whose primary domain is {0} has expired without a renewal.",
    .account = "AWS account ID: {}",
    .region = "AWS Region name: {}",
    .certificate = "Certificate identifier: {}",
    .new_end = "Your new certificate expires on {}.",
    .end = "The certificate expires on {}.",
    .was_end = "The certificate expired on {}.",
    .moment = "{1} {2}, {0} at {3} UTC",
    .first_day = "01",
    .other_day = "{:02}",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
    .days_left = "Days left: {}",
    .reason = "Reason: {}",
    .what_to_do_completed =
        "Wherever the certificate was installed by hand, export it and install it again. "
        "Resources that use it through ACM have it already.",
    .what_to_do_soon =
        "A certificate is renewed by itself if it was exported since it was issued, or is in use. "
        "Export this one, or let it end.",
    .what_to_do_ended = "It will not be renewed any more: request a new certificate.",
    .no_such_event = "There is no such event in this account."};

constexpr Words french{
    .completed =
        "AWS Certificate Manager (ACM) a terminé le renouvellement d'un certificat dont le domaine "
        "principal est {0} et qui contient {1} domaine(s) au total.",
    .needs_action =
        "AWS Certificate Manager (ACM) n'a pas pu renouveler le certificat dont le domaine "
        "principal est {0}. Une nouvelle tentative a lieu toutes les heures ; une intervention est "
        "nécessaire.",
    .ends_soon =
        "Le certificat dont le domaine principal est {0} expire bientôt et n'a pas été renouvelé.",
    .ended = "Le certificat dont le domaine principal est {0} a expiré sans être renouvelé.",
    .account = "ID du compte AWS : {}",
    .region = "Nom de la région AWS : {}",
    .certificate = "Identifiant du certificat : {}",
    .new_end = "Votre nouveau certificat expire le {}.",
    .end = "Le certificat expire le {}.",
    .was_end = "Le certificat a expiré le {}.",
    .moment = "{2} {1} {0} à {3} UTC",
    .first_day = "1er",
    .other_day = "{}",
    .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
               "octobre", "novembre", "décembre"},
    .days_left = "Jours restants : {}",
    .reason = "Motif : {}",
    .what_to_do_completed =
        "Partout où le certificat a été installé à la main, exportez-le et installez-le de "
        "nouveau. "
        "Les ressources qui l'utilisent par l'intermédiaire d'ACM l'ont déjà.",
    .what_to_do_soon =
        "Un certificat est renouvelé automatiquement s'il a été exporté depuis son émission ou "
        "s'il est utilisé. Exportez celui-ci, ou laissez-le expirer.",
    .what_to_do_ended = "Il ne sera plus renouvelé : demandez un nouveau certificat.",
    .no_such_event = "Cet événement n'existe pas dans ce compte."};

constexpr Words japanese{
    .completed =
        "AWS Certificate Manager (ACM) は、プライマリドメイン {0} と合計 {1} "
        "個のドメインを含む証明書の更新を完了しました。",
    .needs_action =
        "AWS Certificate Manager (ACM) は、プライマリドメインが {0} "
        "である証明書を更新できませんでした。1 時間ごとに再試行しますが、対応が必要です。",
    .ends_soon =
        "プライマリドメインが {0} である証明書は、更新されないまま、まもなく期限切れになります。",
    .ended = "プライマリドメインが {0} である証明書は、更新されずに期限切れになりました。",
    .account = "AWS アカウント ID: {}",
    .region = "AWS リージョン名: {}",
    .certificate = "証明書の識別子: {}",
    .new_end = "新しい証明書の有効期限は {} です。",
    .end = "証明書の有効期限は {} です。",
    .was_end = "証明書の有効期限は {} でした。",
    .moment = "{0} 年 {1} 月 {2} 日 {3} UTC",
    .first_day = "1",
    .other_day = "{}",
    .months = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
    .days_left = "残り日数: {}",
    .reason = "理由: {}",
    .what_to_do_completed =
        "証明書を手動でインストールした場所では、もう一度エクスポートしてインストールしてください。"
        "ACM を通じて使用しているリソースには、すでに反映されています。",
    .what_to_do_soon =
        "証明書は、発行後にエクスポートされたか、使用中である場合に自動的に更新されます。"
        "この証明書をエクスポートするか、期限切れにしてください。",
    .what_to_do_ended = "この証明書はもう更新されません。新しい証明書をリクエストしてください。",
    .no_such_event = "このアカウントにそのイベントは存在しません。"};

const Words& words_of(Language language) {
  switch (language) {
    case Language::French:
      return french;
    case Language::Japanese:
      return japanese;
    case Language::English:
      break;
  }
  return english;
}

template <class... Values>
std::string filled(std::string_view words, const Values&... values) {
  return fmt::format(fmt::runtime(words), values...);
}

// In English as AWS writes it: "May 05, 2027 at 23:59:59 UTC".
std::string moment(const Words& words, TimePoint time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  const auto day_of_month = static_cast<unsigned>(date.day());
  return filled(words.moment, static_cast<int>(date.year()),
                words.months[static_cast<unsigned>(date.month()) - 1],
                filled(day_of_month == 1 ? words.first_day : words.other_day, day_of_month),
                fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                            clock.seconds().count()));
}

std::string_view opening(const Words& words, Stage stage) {
  switch (stage) {
    case Stage::Completed:
      return words.completed;
    case Stage::NeedsAction:
      return words.needs_action;
    case Stage::EndsSoon:
      return words.ends_soon;
    case Stage::Ended:
      return words.ended;
  }
  return {};
}

std::string_view end_sentence(const Words& words, Stage stage) {
  if (stage == Stage::Completed) return words.new_end;
  return stage == Stage::Ended ? words.was_end : words.end;
}

// Why, and what to do.
std::vector<std::string> advice(const Words& words, const RenewalNews& news, Language language) {
  std::vector<std::string> lines;
  if (news.stage == Stage::Completed) return {std::string(words.what_to_do_completed)};
  if (!news.reason.empty()) {
    lines.push_back(filled(words.reason, news.reason));
    lines.emplace_back(why(news.reason, language));
  }
  const auto remedy = remedy_of(news, language);
  if (news.stage == Stage::Ended) {
    lines.emplace_back(words.what_to_do_ended);
  } else {
    lines.emplace_back(remedy.empty() ? words.what_to_do_soon : remedy);
  }
  return lines;
}

// As ACM's own events count them.
std::int64_t days_left(const RenewalNews& news) {
  return std::max<std::int64_t>(
      std::chrono::ceil<std::chrono::days>(news.not_after - news.time).count(), 0);
}

}  // namespace

std::string description_of(const Event& event, Language language, std::string_view line_break) {
  const auto& words = words_of(language);
  const auto& news = event.news;
  std::vector<std::string> lines{
      filled(opening(words, news.stage), news.domain_name, news.domains),
      "",
      filled(words.account, news.account),
      filled(words.region, news.region),
      filled(words.certificate, news.certificate_arn),
      "",
      filled(end_sentence(words, news.stage), moment(words, news.not_after))};
  if (news.stage == Stage::NeedsAction || news.stage == Stage::EndsSoon)
    lines.push_back(filled(words.days_left, days_left(news)));
  for (auto& line : advice(words, news, language)) lines.push_back(std::move(line));
  return fmt::format("{}", fmt::join(lines, line_break));
}

std::string_view no_such_event(Language language) { return words_of(language).no_such_event; }

}  // namespace everseal::health
