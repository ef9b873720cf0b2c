namespace Pond.Touches;

/// <summary>TCH-01: counts what a member has agreed to be sent. Pure.</summary>
public static class CreditRules
{
    /// <summary>Messages of one template that can be sent at most: nobody is asked so often.</summary>
    public const int LeftMax = 1_000;

    public static int Left(TouchBook book, string templateId) =>
        book.Credits.FirstOrDefault(credit => credit.TemplateId == templateId)?.Left() ?? 0;

    /// <summary>The phone says that the member said yes.</summary>
    public static TouchBook AcceptedByPhone(TouchBook book, string templateId) =>
        Changed(
            book,
            templateId,
            credit => credit.Left() < LeftMax ? credit with { ByPhone = credit.ByPhone + 1 } : credit);

    /// <summary>WeChat says so. What was said before WeChat allowed none counts no more.</summary>
    /// <param name="at">When it was said, to the second.</param>
    public static TouchBook AcceptedByWeChat(TouchBook book, string templateId, DateTimeOffset at) => Changed(
        book,
        templateId,
        credit => at <= credit.ResetAt || credit.Left() >= LeftMax
            ? credit
            : credit with { ByWeChat = credit.ByWeChat + 1 });

    /// <summary>WeChat allows none, or the member wants none any more.</summary>
    public static TouchBook Reset(TouchBook book, string templateId, DateTimeOffset at) => Changed(
        book,
        templateId,
        credit => new Credit(templateId, 0, 0, 0, at > credit.ResetAt || credit.ResetAt is null ? at : credit.ResetAt));

    public static TouchBook Spent(TouchBook book, string templateId) =>
        Changed(book, templateId, credit => credit with { Spent = credit.Spent + 1 });

    /// <summary>It was not sent: the member can be sent another. After a reset there is nothing to give back.</summary>
    public static TouchBook GivenBack(TouchBook book, TouchSending sending) => Changed(
        book,
        sending.TemplateId,
        credit => sending.At <= credit.ResetAt ? credit : credit with { Spent = Math.Max(0, credit.Spent - 1) });

    private static TouchBook Changed(TouchBook book, string templateId, Func<Credit, Credit> change)
    {
        var known = book.Credits.FirstOrDefault(credit => credit.TemplateId == templateId);
        var after = change(known ?? new Credit(templateId, 0, 0, 0, null));
        return book with
        {
            Credits =
            [
                .. book.Credits.Where(credit => credit != known).Append(after).TakeLast(Credit.TemplatesMax),
            ],
        };
    }
}
