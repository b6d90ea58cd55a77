#include "services/health/failures.h"

#include <algorithm>
#include <array>

namespace everseal::health {
namespace {

struct Failure {
  std::string_view reason;
  std::string_view why_english, why_french, why_japanese;
  std::string_view remedy_french, remedy_japanese;
};

// The last one is for whatever is not in the table.
constexpr std::array kFailures{
    Failure{.reason = "PCA_LIMIT_EXCEEDED",
            .why_english = "The private CA has reached a quota.",
            .why_french = "L'AC privée a atteint un quota.",
            .why_japanese = "プライベート CA がクォータに達しました。",
            .remedy_french = "Réessayez plus tard, ou augmentez le quota de l'AC.",
            .remedy_japanese = "後でもう一度試すか、CA のクォータを引き上げてください。"},
    Failure{.reason = "PCA_INVALID_ARN",
            .why_english = "The ARN is not that of a private CA of this region.",
            .why_french = "L'ARN n'est pas celui d'une AC privée de cette région.",
            .why_japanese = "ARN がこのリージョンのプライベート CA のものではありません。",
            .remedy_french = "Demandez un nouveau certificat avec l'ARN d'une AC de cette région.",
            .remedy_japanese =
                "このリージョンの CA の ARN を指定して、新しい証明書をリクエストしてください。"},
    Failure{.reason = "PCA_INVALID_STATE",
            .why_english = "The state of the private CA does not let it issue certificates.",
            .why_french = "L'état de l'AC privée ne lui permet pas d'émettre des certificats.",
            .why_japanese = "プライベート CA が、証明書を発行できる状態ではありません。",
            .remedy_french =
                "Rendez l'AC ACTIVE : installez son certificat, activez-la, restaurez-la, ou "
                "installez un nouveau certificat si le sien a expiré.",
            .remedy_japanese =
                "CA を ACTIVE にしてください。CA "
                "証明書をインストールするか、CA を有効にするか、復元するか、CA "
                "証明書の有効期限が切れている場合は新しいものをインストールしてください。"},
    Failure{
        .reason = "PCA_REQUEST_FAILED",
        .why_english = "The request to the private CA failed.",
        .why_french = "La demande adressée à l'AC privée a échoué.",
        .why_japanese = "プライベート CA へのリクエストが失敗しました。",
        .remedy_french = "Une nouvelle tentative a lieu ; le journal indique ce qui a échoué.",
        .remedy_japanese = "自動的に再試行されます。失敗の原因についてはログを確認してください。"},
    Failure{.reason = "PCA_NAME_CONSTRAINTS_VALIDATION",
            .why_english = "The name constraints of the private CA do not permit a name.",
            .why_french = "Les contraintes de nom de l'AC privée n'autorisent pas un nom.",
            .why_japanese = "プライベート CA の名前制約により、許可されない名前があります。",
            .remedy_french =
                "Demandez un nouveau certificat avec des noms que les contraintes de nom de l'AC "
                "autorisent.",
            .remedy_japanese =
                "CA の名前制約で許可されている名前で、新しい証明書をリクエストしてください。"},
    Failure{.reason = "PCA_RESOURCE_NOT_FOUND",
            .why_english = "The private CA does not exist any more.",
            .why_french = "L'AC privée n'existe plus.",
            .why_japanese = "プライベート CA はもう存在しません。",
            .remedy_french =
                "L'AC a disparu : créez-en une nouvelle et demandez-lui un nouveau certificat.",
            .remedy_japanese = "CA は削除されています。新しい CA を作成し、その CA "
                               "に新しい証明書をリクエストしてください。"},
    Failure{.reason = "PCA_INVALID_ARGS",
            .why_english = "What was asked of the private CA does not fit it.",
            .why_french = "Ce qui a été demandé à l'AC privée ne lui convient pas.",
            .why_japanese = "プライベート CA に適合しない内容がリクエストされました。",
            .remedy_french =
                "Demandez à une AC GENERAL_PURPOSE un certificat dont l'algorithme de clé est de "
                "la même famille que la clé de l'AC.",
            .remedy_japanese =
                "GENERAL_PURPOSE の CA に、CA "
                "のキーと同じファミリーのキーアルゴリズムで証明書をリクエストしてください。"},
    Failure{
        .reason = "PCA_INVALID_DURATION",
        .why_english = "The certificate would end later than that of the private CA.",
        .why_french = "Le certificat expirerait après celui de l'AC privée.",
        .why_japanese = "証明書の有効期限が、プライベート CA の証明書の有効期限より後になります。",
        .remedy_french =
            "Installez un certificat d'AC qui expire après les certificats qu'elle doit "
            "émettre.",
        .remedy_japanese = "発行する証明書よりも有効期限が後になる CA "
                           "証明書をインストールしてください。"},
    Failure{.reason = "PCA_ACCESS_DENIED",
            .why_english = "ACM has no permission to use the private CA.",
            .why_french = "ACM n'a pas l'autorisation d'utiliser l'AC privée.",
            .why_japanese = "ACM に、プライベート CA を使用するアクセス許可がありません。",
            .remedy_french =
                "Accordez l'autorisation : acm-pca create-permission --principal acm.amazonaws.com "
                "--actions IssueCertificate GetCertificate ListPermissions.",
            .remedy_japanese =
                "アクセス許可を付与してください: acm-pca create-permission --principal "
                "acm.amazonaws.com --actions IssueCertificate GetCertificate ListPermissions"},
    Failure{.reason = "SLR_NOT_FOUND",
            .why_english = "The service-linked role of ACM does not exist.",
            .why_french = "Le rôle lié au service d'ACM n'existe pas.",
            .why_japanese = "ACM のサービスにリンクされたロールが存在しません。",
            .remedy_french = "Recréez le rôle lié au service AWSServiceRoleForCertificateManager.",
            .remedy_japanese = "サービスにリンクされたロール AWSServiceRoleForCertificateManager "
                               "を再作成してください。"},
    Failure{.reason = "OTHER",
            .why_english = "The cause is in the log of the server.",
            .why_french = "La cause figure dans le journal du serveur.",
            .why_japanese = "原因はサーバーのログに記録されています。",
            .remedy_french = "Le journal indique ce qui a échoué.",
            .remedy_japanese = "失敗の原因についてはログを確認してください。"}};

const Failure& failure_of(std::string_view reason) {
  const auto* found = std::ranges::find(kFailures, reason, &Failure::reason);
  return found == kFailures.end() ? kFailures.back() : *found;
}

}  // namespace

std::string_view why(std::string_view reason, Language language) {
  const auto& failure = failure_of(reason);
  switch (language) {
    case Language::French:
      return failure.why_french;
    case Language::Japanese:
      return failure.why_japanese;
    case Language::English:
      break;
  }
  return failure.why_english;
}

std::string_view remedy_of(const RenewalNews& news, Language language) {
  if (news.remedy.empty()) return {};
  const auto& failure = failure_of(news.reason);
  switch (language) {
    case Language::French:
      return failure.remedy_french;
    case Language::Japanese:
      return failure.remedy_japanese;
    case Language::English:
      break;
  }
  return news.remedy;
}

}  // namespace everseal::health
