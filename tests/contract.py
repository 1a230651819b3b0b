"""The published tables and columns that people and programs outside the code rely on."""

CONTRACT = {
    "documents": "document_id path copies sha256 bytes encoding language layout text status reason articles "
    "ingested_at",
    "document_spans": "document_id article_id start_char end_char start_line end_line kind rule",
    "articles": "article_id document_id ordinal title standfirst body publisher published_on published_precision "
    "published_evidence language words start_line end_line start_char end_char boundary_confidence story_id",
    "stories": "story_id articles first_article_id",
    "entities": "entity_id name label aliases mentions articles",
    "entity_mentions": "article_id entity_id label surface start_char end_char sentence",
    "entity_aliases": "entity_id alias source mentions articles",
    "entity_merges": "merged_id entity_id rule articles",
    "countries": "iso2 iso3 name region subregion",
    "country_mentions": "article_id iso2 surface kind confidence start_char end_char sentence zone",
    "unresolved_places": "surface mentions articles candidates reason",
    "article_countries": "article_id iso2 mentions share in_title in_lead is_focus",
    "topics": "topic_id name parent_id",
    "article_topics": "article_id topic_id score evidence",
    "articles_without_topic": "article_id reason topic_id name score evidence",
    "mentions_per_country": "iso2 iso3 name mentions articles stories focus_articles name_mentions demonym_mentions "
    "metonym_mentions place_mentions total_articles article_share article_share_low article_share_high "
    "mentions_per_1000_words first_published_on last_published_on",
    "mentions_per_country_monthly": "month iso2 name mentions articles stories total_articles article_share "
    "article_share_low article_share_high mentions_per_1000_words change_on_previous_month",
    "topic_cooccurrence": "topic_a topic_b name_a name_b n_a n_b n_both n_total expected_both lift pmi npmi "
    "log_likelihood jaccard articles_both",
    "country_cooccurrence": "iso2_a iso2_b name_a name_b n_a n_b n_both n_total expected_both lift pmi npmi "
    "log_likelihood jaccard articles_both sentences_both",
    "entity_cooccurrence": "entity_a entity_b name_a name_b n_a n_b n_both n_total expected_both lift pmi npmi "
    "log_likelihood jaccard articles_both",
    "country_topics": "iso2 topic_id name n_both expected_both lift npmi log_likelihood",
    "story_merges": "story_id into_story_id",
    "quotations": "article_id quotation utterance kind text start_char end_char zone paragraph verb speaker "
    "speaker_start_char speaker_end_char speaker_evidence entity_id speaker_name speaker_label",
    "article_tone": "article_id words positive_words negative_words positive negative tone polarity compound "
    "matched_words lexicon lexicon_version",
    "sentence_tone": "article_id sentence countries persons words positive_words negative_words positive negative tone "
    "polarity compound matched_words lexicon lexicon_version",
    "country_tone_monthly": "month iso2 name sentences articles words positive negative tone polarity mean_tone "
    "mean_tone_margin",
    "amounts": "article_id kind value high unit object qualifier surface start_char end_char sentence",
    "dates_mentioned": "article_id surface start_char end_char precision year month day weekday relative resolved_on "
    "resolved_by",
    "event_articles": "article_id event_id score story_id",
    "entities_monthly": "month entity_id mentions articles stories article_share",
    "topics_monthly": "month topic_id name articles stories total_articles total_stories article_share "
    "article_share_low article_share_high story_share story_share_low story_share_high change_on_previous_month",
    "trending": "kind rank item name label baseline_start period_start period_end mentions articles stories "
    "stories_before total_stories total_stories_before story_share story_share_low story_share_high "
    "story_share_before expected_stories pearson_residual",
    "country_focus": "iso2_focus iso2_present name_focus name_present mentions articles stories focus_articles "
    "focus_stories article_share article_share_low article_share_high story_share story_share_low story_share_high "
    "overall_story_share lift",
    "publishers": "publisher articles stories words country_mentions months undated_articles first_published_on "
    "last_published_on total_articles total_stories article_share article_share_low article_share_high story_share "
    "story_share_low story_share_high",
    "publisher_profiles": "publisher kind item name mentions articles stories publisher_articles publisher_stories "
    "article_share article_share_low article_share_high story_share story_share_low story_share_high other_stories "
    "other_publisher_stories other_story_share presences other_presences log_odds z_score",
    "gkg": "gkgrecordid date sourcecollectionidentifier sourcecommonname documentidentifier v2themes v2locations "
    "v2persons v2organizations topic_ids countries_iso2 countries_fips",
    "edges_countries": "Source Target Type Weight source_id target_id npmi",
    "edges_country_focus": "Source Target Type Weight source_id target_id story_share",
    "edges_topics": "Source Target Type Weight source_id target_id npmi",
    "edges_entities": "Source Target Type Weight source_id target_id npmi",
    "failures": "step document_id article_id path start_char end_char error",
    "run_changes": "kind item name cause articles_affected articles_change mentions_change articles_before articles "
    "mentions_before mentions",
    "provenance": "kind part fingerprint",
    "evidence": "iso2 country surface kind confidence sentence_text zone article_id title publisher published_on month "
    "story_id document_id sentence start_char end_char",
}
